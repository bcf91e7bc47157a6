/** Small HTTP servers on a free loopback port. */

import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Served } from './program.ts';

/** Starts a server that answers with `listener`. */
export async function listen(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, stop: () => stop(server) };
}

/** An address of this machine where nobody listens. */
export async function deserted(): Promise<string> {
  const served = await listen(() => {});
  await served.stop();
  return served.origin;
}

async function stop(server: Server): Promise<void> {
  const gone = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await gone;
}
