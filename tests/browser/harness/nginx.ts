/** nginx, which we did not write, with one server by a snippet of the READMEs. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { type Served, ofOurs } from './program.ts';

/** The site that `cargo xtask site --base /kinora/` made. */
export const SITE = resolve(process.env['KINORA_SITE'] ?? '../../target/site');

/** The nginx snippet of a README with this word in it. */
export async function snippet(readme: string, word: string): Promise<string> {
  const text = await readFile(resolve('../..', readme), 'utf8');
  const blocks = text.split('```nginx\n').slice(1).map((after) => after.split('\n```')[0] ?? '');
  const found = blocks.find((block) => block.includes(word));
  if (found === undefined) throw new Error(`${readme} has no nginx snippet with ${word}`);
  return found;
}

/** Starts nginx at this origin, where nobody listens yet. */
export async function nginx(origin: string, server: string): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'kinora-nginx-'));
  const { hostname, port } = new URL(origin);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = `
    daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
    events {}
    http {
      access_log off; include /etc/nginx/mime.types;
      ${paths.map((path) => `${path}_temp_path ${folder}/${path};`).join(' ')}
      server { listen ${hostname}:${port}; ${server} }
    }`;
  await writeFile(join(folder, 'nginx.conf'), config);
  const options = ['-p', folder, '-c', join(folder, 'nginx.conf')];
  const child = ofOurs(spawn(PROGRAM, options, { stdio: 'inherit' }));
  await listening(child, hostname, Number(port));
  const stop = async () => {
    const gone = once(child, 'exit');
    // Asked to, it takes its workers along.
    child.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true });
  };
  return { origin, stop };
}

async function listening(child: ChildProcess, host: string, port: number): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${PROGRAM} ended with ${code}`)));
  });
  const answers = async () => {
    while (!(await accepts(host, port))) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await Promise.race([answers(), failed]);
  failed.catch(() => {});
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

const PROGRAM = process.env['KINORA_NGINX'] ?? '/usr/sbin/nginx';
