/** How soon, and by how many bytes, an image at the end of a slow line is known. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { type Page, expect, test } from '@playwright/test';

import { serveFolder } from '../harness/folder.ts';
import { type SlowHost, slowly } from '../harness/slow.ts';
import { copied } from './image/copied.ts';
import { photographs } from './image/file.ts';
import { scanned } from './image/scan.ts';
import { type Told, byImageSize, byProbe } from './image/probe.ts';
import { median } from './stopwatch.ts';

/** A way, by its name: the median time, the least and the longest, and the most bytes of any run. */
interface Measured {
  readonly way: string;
  readonly milliseconds: number;
  readonly spread: readonly [number, number];
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
    const trials = [
      new Trial('ours in Chromium, one stream', file.length, inPage('stream'), host, network),
      new Trial('ours in Chromium, ranged GET', file.length, inPage('ranged'), host, network),
      new Trial('ours in Node, one stream', file.length, () => inNode.stream(url), host, null),
      new Trial('ours in Node, ranged GET', file.length, () => inNode.ranged(url), host, null),
      new Trial('image-size in Node', file.length, () => byImageSize(url), host, null),
      new Trial('probe-image-size in Node', file.length, () => byProbe(url), host, null),
    ];
    const decoded = new Trial('decoded by createImageBitmap', file.length, inPage('decoded'), host, network);
    await decoded.run();
    // Each way is the first in some round, so that nobody always pays for what comes first.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const place of trials.keys()) await trials[(round + place) % trials.length]?.run();
    }
    const rows = [decoded, ...trials].map((trial) => trial.measured());
    const aim = name.endsWith('.webp') ? 8 : 20;
    print(`${name}, ${grouped(file.length)} bytes at 10 Mbit/s`, rows, aim);
    judge(name, rows, aim);
  }
  console.log(`\n${await scanned(page, ROUNDS)}`);
  console.log(await copied(page, ROUNDS / 4));
  await host.stop();
  await module.stop();
});

/** A way, run a few times, with the host to itself. */
class Trial {
  private readonly times: number[] = [];
  private readonly written: number[] = [];
  private readonly received: number[] = [];

  constructor(
    private readonly way: string,
    private readonly bytes: number,
    private readonly ask: () => Promise<Told>,
    private readonly host: SlowHost,
    private readonly network: Network | null,
  ) {}

  async run(): Promise<void> {
    this.host.reset();
    this.network?.reset();
    const { width, height, milliseconds, bytes, alpha } = await this.ask();
    // What was on its way when a request was given up still counts.
    await sleep(SETTLE);
    expect(SIZES, `${this.way}: size`).toContainEqual([width, height]);
    if (this.way.startsWith('ours')) {
      expect(bytes, `${this.way}: bytes of the file`).toBe(this.bytes);
      expect(alpha, `${this.way}: no alpha channel`).toBe(0);
    }
    expect(this.host.methods, `${this.way}: nothing but GET, no preflight`).not.toContain('OPTIONS');
    this.times.push(milliseconds);
    this.written.push(this.host.written);
    if (this.network) this.received.push(this.network.received());
  }

  measured(): Measured {
    return {
      way: this.way,
      milliseconds: median(this.times),
      spread: [Math.min(...this.times), Math.max(...this.times)],
      written: Math.max(...this.written),
      received: this.network && Math.max(...this.received),
    };
  }
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
  console.log(`${''.padEnd(30)}     median       least to most  times less    written  times fewer   received`);
  for (const { way, milliseconds, spread, written, received } of rows) {
    const cells = [
      `${milliseconds.toFixed(1)} ms`.padStart(11),
      spread.map((bound) => bound.toFixed(1)).join(' to ').padStart(19),
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
type Ways = Record<Way, (url: string) => Promise<Told>>;

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
/** Twice through all places in the order. */
const ROUNDS = 12;
/** How long after an answer bytes may still be written, in milliseconds. */
const SETTLE = 200;
/** What a time may differ by for no reason, in milliseconds. */
const NOISE = 3;
const SIZES = [[2_800, 2_100], [2_000, 1_500]];
