// B1: the platform is killed again and again under load, and afterwards every accepted message is accounted for.
//
// A child process is the platform; this one is the world around it: a client that sends until each message is accepted,
// and a worker that counts effects by idempotency key. Kills come by SIGKILL at random instants and at every named crash
// point in turn. "Doubled" are effects that the engine made two of: two messages for one item of one process.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ApiError, SluiceClient } from '@sluice/client';
import { CRASH_POINTS, type CrashPoint } from '@sluice/engine';
import { Batch, CustomNode, type Message, serve } from '@sluice/sdk';
import { launchArguments } from '../launch.ts';
import { freePort } from './free-port.ts';

export const TOKEN = 'proof-admin-token-0123456789';
const ITEMS = 3;

export interface KillOptions {
  readonly kills: number;
  readonly messages: number;
  readonly seed: number;
  readonly print: (line: string) => void;
}

export interface KillResult {
  readonly kills: number;
  readonly accepted: number;
  /** Accepted messages that are neither finished nor anywhere else. */
  readonly lost: number;
  readonly doubled: number;
  /** Calls of steps beyond one for each message: the price of a kill. */
  readonly callsAgain: number;
  readonly inTrash: number;
  readonly balanced: boolean;
  readonly ledger: Record<string, number>;
}

/** Keys of the effects each item had, by `process/item`. */
class World {
  readonly effects = new Map<string, Set<string>>();
  calls = 0;
  readonly keys = new Set<string>();

  count(message: Message): void {
    this.calls++;
    this.keys.add(message.idempotencyKey);
  }
}

class Open extends CustomNode {
  readonly name = 'open';
  readonly #world: World;
  constructor(world: World) {
    super();
    this.#world = world;
  }
  process(message: Message): undefined {
    this.#world.count(message);
  }
}

class Split extends Batch {
  readonly name = 'split';
  readonly #world: World;
  constructor(world: World) {
    super();
    this.#world = world;
  }
  process(message: Message) {
    this.#world.count(message);
    const { n } = message.json<{ n: number }>();
    return { items: Array.from({ length: ITEMS }, (_, item) => ({ n, item, key: n % 20 })) };
  }
}

class Effect extends CustomNode {
  readonly name = 'effect';
  readonly #world: World;
  constructor(world: World) {
    super();
    this.#world = world;
  }
  process(message: Message): undefined {
    this.#world.count(message);
    const { item } = message.json<{ item: number }>();
    const place = `${message.processId}/${item}`;
    const keys = this.#world.effects.get(place) ?? new Set();
    this.#world.effects.set(place, keys.add(message.idempotencyKey));
  }
}

const MODEL = {
  name: 'proof',
  nodes: [
    { id: 'start', kind: 'start' },
    {
      id: 'open',
      kind: 'custom',
      worker: 'world',
      action: 'open',
      settings: { limit: { amount: 400, windowMs: 200 }, repeat: { delayMs: 50, attempts: 100, maxDelayMs: 500 } },
    },
    {
      id: 'split',
      kind: 'batch',
      worker: 'world',
      action: 'split',
      settings: { repeat: { delayMs: 50, attempts: 100, maxDelayMs: 500 } },
    },
    { id: 'pause', kind: 'delay', settings: { delayMs: 20 } },
    {
      id: 'effect',
      kind: 'custom',
      worker: 'world',
      action: 'effect',
      settings: { orderingKey: 'body.key', repeat: { delayMs: 50, attempts: 100, maxDelayMs: 500 } },
    },
  ],
  connections: [
    { from: 'start', to: 'open' },
    { from: 'open', to: 'split' },
    { from: 'split', to: 'pause' },
    { from: 'pause', to: 'effect' },
  ],
};

export async function kill({ kills, messages, seed, print }: KillOptions): Promise<KillResult> {
  const chance = random(seed);
  const directory = mkdtempSync(join(tmpdir(), 'sluice-proof-'));
  const world = new World();
  const worker = await serve({ steps: [new Open(world), new Split(world), new Effect(world)], onRecord: () => {} });
  const port = await freePort();
  const client = new SluiceClient({ url: `http://127.0.0.1:${port}`, token: TOKEN, timeoutMs: 5_000 });
  // Every other platform is started to end itself at one of the points in turn; whichever does not get there is killed too.
  const pointOf = (kill: number): CrashPoint | null =>
    kill % 2 === 0 || kill >= kills ? null : CRASH_POINTS[Math.floor(kill / 2) % CRASH_POINTS.length]!;
  let platform = await start(directory, port, null);
  let done = 0;
  try {
    await client.workers.register({ name: 'world', url: worker.url });
    const { version } = await client.topologies.save(MODEL);
    await client.topologies.publish('proof', version);
    await client.topologies.enable('proof', version);

    const processes = new Set<string>();
    const sending = sendAll(client, messages, kills, () => done, processes);
    while (done < kills) {
      const point = pointOf(done);
      if (point === null) await pause(30 + chance() * 250);
      else await Promise.race([ended(platform), pause(1_500)]);
      platform.kill('SIGKILL');
      await ended(platform);
      done++;
      print(`kill ${done}${point ? ` at ${point}` : ' at a random instant'}: ${processes.size} accepted so far`);
      const next = pointOf(done);
      platform = await start(directory, port, next && `${next}:${1 + Math.floor(chance() * 40)}`);
    }
    await sending;
    return await reckon(client, world, processes, kills, print);
  } finally {
    platform.kill('SIGKILL');
    await ended(platform);
    await worker.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Send every message until it is accepted, under a key of its own; spread over the kills. */
async function sendAll(
  client: SluiceClient,
  messages: number,
  kills: number,
  done: () => number,
  processes: Set<string>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let n = next++; n < messages; n = next++) {
      // Keep some for every kill, so that each happens under load.
      while (n > ((done() + 1) / kills) * messages && done() < kills) await pause(5);
      for (;;) {
        try {
          processes.add(
            (await client.run('proof', 'start', { body: JSON.stringify({ n }), idempotencyKey: `message-${n}` }))
              .processId,
          );
          break;
        } catch (error) {
          if (!(error instanceof ApiError) || (error.status !== 0 && error.status !== 503)) throw error;
          await pause(10);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}

async function reckon(
  client: SluiceClient,
  world: World,
  processes: Set<string>,
  kills: number,
  print: (line: string) => void,
): Promise<KillResult> {
  for (;;) {
    const { queued, leased, delayed, limited } = await client.ledger('proof');
    if (queued + leased + delayed + limited === 0) break;
    await pause(50);
  }
  let lost = 0;
  let doubled = 0;
  for (const id of processes) {
    const process = await client.processes.get(id);
    if (process.status !== 'completed' && process.status !== 'failed') lost++;
    for (let item = 0; item < ITEMS; item++) {
      const effects = world.effects.get(`${id}/${item}`)?.size ?? 0;
      if (effects === 0 && process.status === 'completed') lost++;
      doubled += Math.max(0, effects - 1);
    }
  }
  const { nodes: _, balanced, ...ledger } = await client.ledger('proof');
  if (ledger.accepted > processes.size) doubled += ledger.accepted - processes.size;
  lost += Math.max(0, processes.size - ledger.accepted);
  const callsAgain = world.calls - world.keys.size;
  print('');
  print(
    `${kills} kills, ${processes.size} messages accepted: ${lost} lost, ${doubled} doubled, ${callsAgain} calls made again`,
  );
  print(
    `ledger: ${ledger.accepted} accepted + ${ledger.emitted} emitted = ${ledger.finished} finished + ${ledger.queued + ledger.leased} queued + ${ledger.delayed} delayed + ${ledger.limited} limited + ${ledger.held} held + ${ledger.trash} in trash: ${balanced ? 'balanced' : 'NOT BALANCED'}`,
  );
  return { kills, accepted: processes.size, lost, doubled, callsAgain, inTrash: ledger.trash, balanced, ledger };
}

/** Start a platform that will be killed. @param crash  point and count at which it ends itself, or null */
export async function start(directory: string, port: number, crash: string | null): Promise<ChildProcess> {
  const child = spawn(process.execPath, launchArguments(), {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      SLUICE_PORT: String(port),
      SLUICE_DATA: directory,
      SLUICE_DEMO: '0',
      SLUICE_ADMIN_TOKEN: TOKEN,
      SLUICE_LOG_LEVEL: 'fatal',
      ...(crash ? { SLUICE_CRASH: crash } : {}),
    },
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (String(chunk).includes('ready at')) resolve();
    });
    child.once('exit', (code, signal) => {
      // What it works off from before it was killed may bring it to its point while it comes up.
      if (crash && signal === 'SIGKILL') resolve();
      else reject(new Error(`the platform ended with ${code ?? signal} before it was ready`));
    });
  });
  return child;
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
