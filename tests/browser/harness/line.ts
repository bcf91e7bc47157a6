/** A line to a server, on which requests can be carried, held, or answered to nobody. */

import { type IncomingMessage, type ServerResponse, request as ask } from 'node:http';
import { text } from 'node:stream/consumers';

import { listen } from './listener.ts';
import type { Served } from './program.ts';

/** What becomes of a POST: carried, carried and never answered, or carried and cut off. */
export type Fate = 'carry' | 'hold' | 'lose';

/** A line. Only POSTs meet a fate; everything else is carried, unless its answers are cut. */
export interface Line extends Served {
  fate: Fate;
  /** Whether answers to all but POSTs end in the middle. */
  cuts: boolean;
  /** How many POSTs came along since the start, whoever repeated them. */
  posts: number;
  /** The request ids in answers to POSTs, whether or not they arrived. */
  readonly requestIds: string[];
}

/** Lays a line to the server at `origin`. */
export async function layLine(origin: string): Promise<Line> {
  const served = await listen((incoming, outgoing) => {
    void carry(origin, line, incoming, outgoing).catch(() => outgoing.destroy());
  });
  const line: Line = { ...served, fate: 'carry', cuts: false, posts: 0, requestIds: [] };
  return line;
}

async function carry(
  origin: string,
  line: Line,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const isPost = incoming.method === 'POST';
  if (isPost) line.posts += 1;
  const fate = isPost ? line.fate : 'carry';
  const answer = await pass(origin, incoming);
  const body = await text(answer);
  if (isPost) line.requestIds.push(...(/"request_id":\s*"([\w-]+)"/.exec(body)?.slice(1) ?? []));
  if (fate === 'lose') outgoing.destroy();
  if (line.cuts && !isPost) {
    outgoing.writeHead(200, { ...answer.headers, 'content-length': body.length + 9 });
    outgoing.write(body, () => outgoing.destroy());
    return;
  }
  if (fate === 'carry') outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
}

/** Asks the server the same. Its answers are text: media are not at this address. */
function pass(origin: string, incoming: IncomingMessage): Promise<IncomingMessage> {
  const { method, headers } = incoming;
  return new Promise((resolve, reject) => {
    const onward = ask(`${origin}${incoming.url}`, { method, headers, agent: false }, resolve);
    onward.on('error', reject);
    incoming.pipe(onward);
  });
}
