// A worker made with the existing SDK, as the process of its own that it is.

import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { RunOptions } from '@sluice/client';
import type { StepView } from '@sluice/protocol';
import { closeNow, listening } from './loopback.ts';
import { deployChain, type TestPlatform, until } from './platform.ts';

const EXAMPLE = '@sluice/example-existing-worker';
const fileOf = (name: string): string => fileURLToPath(import.meta.resolve(name));

export interface ExistingWorker {
  readonly url: string;
  readonly child: ChildProcess;
  /** As abruptly as a power cut. */
  kill(): Promise<void>;
}

/** The same with applications. */
export const workerWithApplications = (env: NodeJS.ProcessEnv, port = 0): Promise<ExistingWorker> =>
  existingWorker(env, port, `${EXAMPLE}/applications`);

/** @param env  among them where the platform is; @param port  0 takes a free one */
export async function existingWorker(env: NodeJS.ProcessEnv, port = 0, main = EXAMPLE): Promise<ExistingWorker> {
  const child = spawn(process.execPath, [fileOf(main)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CRYPT_SECRET: 'secret', APP_PORT: String(port), ...env },
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    // It logs every body: read on, or it stands still.
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        if (text.length > 100_000) return;
        text += String(chunk);
        const found = /existing worker at (\S+)\n/.exec(text);
        if (found) resolve(found[1]!);
      });
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code} before it listened:\n${text}`)));
  });
  return {
    url,
    child,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Addresses of a platform, as an existing worker is told them. */
export function addressesOf(url: string, token: string): NodeJS.ProcessEnv {
  return {
    BACKEND_URL: url,
    STARTING_POINT_URL: url,
    WORKER_API_HOST: `${url}/worker-api`,
    ORCHESTY_API_KEY: token,
  };
}

export interface Remote {
  readonly url: string;
  readonly requests: { readonly path: string; readonly key: string; readonly body: string }[];
  /** So many requests are answered; those that come after them wait until it is told a larger number. Default: all. */
  answer(most: number): void;
  close(): void;
}

/** A service that connectors of the worker call: /orders/N, /status/N, and /effects, which counts. */
export async function remoteService(): Promise<Remote> {
  const requests: { path: string; key: string; body: string }[] = [];
  let answered = Number.POSITIVE_INFINITY;
  const more = new EventEmitter().setMaxListeners(0);
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url!;
    const number = requests.push({ path, key: String(request.headers['idempotency-key']), body });
    while (number > answered) await once(more, 'more');
    const [, what, id] = path.split('/');
    if (what === 'status') response.writeHead(Number(id)).end(`status ${id}`);
    else response.end(JSON.stringify({ [what!]: Number(id) }));
  });
  const answer = (most: number): void => {
    answered = most;
    more.emit('more');
  };
  return { url: await listening(server), requests, answer, close: () => closeNow(server) };
}

/** A node that the worker "existing" serves, as it is tried in most tests. */
export function node(action: string, kind = 'custom', settings: object = {}, id = 'step') {
  return { id, kind, worker: 'existing', action, settings: { repeat: { attempts: 3, delayMs: 10 }, ...settings } };
}

export interface Run {
  readonly topology: string;
  readonly processId: string;
  readonly status: string;
  readonly total: number;
  readonly steps: readonly StepView[];
  at(node: string): StepView[];
}

let chains = 0;

/** Run a message to its end through a chain of nodes and a last one, "out", that shows what came of it. */
export async function runChain(
  platform: TestPlatform,
  nodes: readonly object[],
  body: string | Uint8Array,
  options: RunOptions = {},
): Promise<Run> {
  const name = `chain-${chains++}`;
  await deployChain(platform, name, ...(nodes as ReturnType<typeof node>[]), { id: 'out', kind: 'respond' });
  return runTopology(platform, name, body, options);
}

export async function runTopology(
  { client }: TestPlatform,
  topology: string,
  body: string | Uint8Array,
  options: RunOptions = {},
): Promise<Run> {
  const { processId } = await client.run(topology, 'start', { body, ...options });
  await until(`"${topology}" ended`, async () => (await client.processes.get(processId)).status !== 'running');
  const { items, process } = await client.processes.history(processId, { bodies: true, limit: 200 });
  const { status, total } = process;
  return { topology, processId, status, total, steps: items, at: (id) => items.filter((step) => step.node === id) };
}
