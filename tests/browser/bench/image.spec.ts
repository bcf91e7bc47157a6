/** How soon, and by how many bytes, an image at the end of a slow line is known. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { type Page, expect, test } from '@playwright/test';

import { serveFolder } from '../harness/folder.ts';
import { type SlowHost, slowly } from '../harness/slow.ts';
import { photographs } from './image/file.ts';
import { type Told, byImageSize, byProbe } from './image/probe.ts';
import { median } from './stopwatch.ts';

/** A way, by its name: the median time, and the most bytes of any run. */
interface Measured {
  readonly way: string;
  readonly milliseconds: number;
  /** Bytes of bodies that the host wrote. */
  readonly written: number;
  /** Bytes that Chromium says came in, heads included; nothing in Node. */
  readonly received: number | null;
}

test('an image is known long before it is there', async ({ page }) => {
  const module = await serveFolder(MODULE, '/');
  await page.goto(`${module.origin}/page.html`);
  const files = await photographs(page);
  const host = await slowly(files, RATE);
  const network = await watch(page);
  const inNode = await loaded();
  for (const [name, file] of files) {
    const url = `${host.origin}/${name}`;
    const inPage = (way: Way) => () =>
      page.evaluate(async ([way, url]) => (await window.ways)[way](url), [way, url] as const);
    const rows = [
      await measure('decoded by createImageBitmap', inPage('decoded'), host, network),
      await measure('ours in Chromium, one stream', inPage('stream'), host, network),
      await measure('ours in Chromium, ranged GET', inPage('ranged'), host, network),
      await measure('ours in Node, one stream', () => inNode.stream(url), host, null),
      await measure('ours in Node, ranged GET', () => inNode.ranged(url), host, null),
      await measure('image-size in Node', () => byImageSize(url), host, null),
      await measure('probe-image-size in Node', () => byProbe(url), host, null),
    ];
    const aim = name.endsWith('.webp') ? 8 : 20;
    print(`${name}, ${grouped(file.length)} bytes at 10 Mbit/s`, rows, aim);
    judge(name, rows, aim);
    const { scanned } = await page.evaluate(async (url) => (await window.ways).decoded(url), url);
    console.log(`all pixels read for transparency, apart from that: ${scanned?.toFixed(0)} ms`);
  }
  await host.stop();
  await module.stop();
});

/** Runs a way a few times, with the host to itself. */
async function measure(
  way: string,
  run: () => Promise<Told>,
  host: SlowHost,
  network: Network | null,
): Promise<Measured> {
  const [times, written, received]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < (way.startsWith('decoded') ? 1 : ROUNDS); round += 1) {
    host.reset();
    network?.reset();
    const { width, height, milliseconds } = await run();
    // What was on its way when a request was given up still counts.
    await sleep(SETTLE);
    expect(SIZES, `${way}: size`).toContainEqual([width, height]);
    expect(host.methods, `${way}: nothing but GET, no preflight`).not.toContain('OPTIONS');
    times.push(milliseconds);
    written.push(host.written);
    if (network) received.push(network.received());
  }
  return {
    way,
    milliseconds: median(times),
    written: Math.max(...written),
    received: network && Math.max(...received),
  };
}

/** Holds what was measured against the aims. */
function judge(name: string, [decoded, ...ways]: readonly Measured[], aim: number): void {
  const of = (way: string) => ways.find((row) => row.way === way);
  const [ours, node] = [of('ours in Chromium, one stream'), of('ours in Node, one stream')];
  if (!decoded || !ours || !node) throw new Error('a way was not measured');
  expect.soft(decoded.written / ours.written, `${name}: times fewer bytes`).toBeGreaterThanOrEqual(aim);
  const times = decoded.milliseconds / ours.milliseconds;
  expect.soft(times, `${name}: times less time`).toBeGreaterThanOrEqual(aim);
  const theirs = ways.filter(({ way }) => way.includes('image-size')).map((row) => row.milliseconds);
  const most = Math.min(...theirs) + NOISE;
  expect.soft(node.milliseconds, `${name}: not slower than the others`).toBeLessThanOrEqual(most);
}

function print(title: string, rows: readonly Measured[], aim: number): void {
  const [decoded] = rows;
  if (!decoded) return;
  console.log(`\n${title}; the aim is ${aim} times less than decoding`);
  console.log(`${''.padEnd(30)}       time  times less    written  times fewer   received`);
  for (const { way, milliseconds, written, received } of rows) {
    const cells = [
      `${milliseconds.toFixed(1)} ms`.padStart(11),
      (decoded.milliseconds / milliseconds).toFixed(1).padStart(11),
      grouped(written).padStart(10),
      (decoded.written / written).toFixed(1).padStart(12),
      (received === null ? '' : grouped(received)).padStart(10),
    ];
    console.log(`${way.padEnd(30)} ${cells.join(' ')}`);
  }
}

/** Counts what arrives for a page. */
async function watch(page: Page): Promise<Network> {
  const session = await page.context().newCDPSession(page);
  let [heads, bodies] = [0, 0];
  session.on('Network.responseReceived', ({ response }) => (heads += response.encodedDataLength));
  session.on('Network.dataReceived', ({ encodedDataLength }) => (bodies += encodedDataLength));
  await session.send('Network.enable');
  return { reset: () => ([heads, bodies] = [0, 0]), received: () => heads + bodies };
}

/** The same ways in this process. */
async function loaded(): Promise<Ways> {
  const from = (path: string) => import(pathToFileURL(path).href);
  const header = await from(resolve(MODULE, 'header.js'));
  const module = new WebAssembly.Module(readFileSync(resolve(MODULE, 'header_bg.wasm')));
  const { memory } = header.initSync({ module });
  return (await from(resolve(MODULE, 'ways.mjs'))).ways(header, memory);
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

type Way = 'decoded' | 'stream' | 'ranged';
type Ways = Record<Way, (url: string) => Promise<Told & { readonly scanned?: number }>>;

interface Network {
  reset(): void;
  received(): number;
}

declare global {
  interface Window {
    ways: Promise<Ways>;
  }
}

/** The module and what goes with it, as `cargo xtask bench image` laid them out. */
const MODULE = resolve(process.env['KINORA_HEADER'] ?? '../../target/bench-image');
/** 10 Mbit/s, in bytes a second. */
const RATE = 1_250_000;
const ROUNDS = 5;
/** How long after an answer bytes may still be written, in milliseconds. */
const SETTLE = 200;
/** What a time may differ by for no reason, in milliseconds. */
const NOISE = 3;
const SIZES = [[2_800, 2_100], [2_000, 1_500]];
