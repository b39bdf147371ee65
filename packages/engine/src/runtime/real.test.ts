// The promises that need the real clock and the real store: a limit as the remote side sees it, order at full size.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { inlineExpressions } from '../adapters/expressions/inline.ts';
import { systemClock, systemIds } from '../adapters/system/system.ts';
import { WorkerDirectory } from '../adapters/workers/directory.ts';
import { httpTransport } from '../adapters/workers/http.ts';
import { localTransport } from '../adapters/workers/local.ts';
import type { Step } from '../core/step.ts';
import type { Committed, MessageStore } from '../ports/message-store.ts';
import { sqliteStores } from '../sqlite.ts';
import { Engine } from './engine.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

/** A worker that goes on by itself where it may, and answers everything at once. */
const goingOn: typeof localTransport = (run) => {
  const worker = localTransport(run);
  return {
    ...worker,
    chains: () => true,
    call: async (call, timeoutMs, signal, chain) => {
      const result = await worker.call(call, timeoutMs, signal);
      if (chain && result.kind === 'forward') for (const _ of chain.links) chain.passed(result, 0);
      return result;
    },
  };
};

describe('on the real clock and the real store', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'sluice-real-'));
    folders.push(made);
    return made;
  };

  async function start(directory: string, workers: WorkerDirectory, slow = (messages: MessageStore) => messages) {
    const opened = await sqliteStores({ directory });
    const stores = { ...opened, messages: slow(opened.messages) };
    const engine = new Engine({
      stores,
      workers,
      expressions: inlineExpressions,
      clock: systemClock,
      ids: systemIds,
      log,
    });
    await engine.start();
    const stop = async (): Promise<void> => {
      await engine.stop();
      await opened.close();
    };
    return { engine, stop };
  }
  async function deploy(engine: Engine, model: TopologyModel): Promise<void> {
    const { name, version } = await engine.topologies.save(model);
    await engine.topologies.publish(name, version);
    await engine.topologies.enable(name, version);
  }
  async function drained(engine: Engine): Promise<void> {
    for (;;) {
      const { queued, leased, delayed, limited } = await engine.ledger();
      if (queued + leased + delayed + limited === 0) return;
      await pause(20);
    }
  }

  test('L1, B11: four callers under one limit of 10 a second: the remote side never sees 11 in any sliding second, a restart included', async () => {
    const arrivals: number[] = [];
    const server = createServer((request, response) => {
      arrivals.push(performance.now());
      request.resume();
      request.on('end', () => response.end('{"headers":{"result-code":"0"},"body":"{}"}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const connect = (): WorkerDirectory => {
      const workers = new WorkerDirectory();
      workers.join('w', httpTransport({ url, onFreed: () => workers.freed('w') }));
      return workers;
    };
    const callers = ['a', 'b', 'c', 'd'];
    const directory = folder();
    let workers = connect();
    let { engine, stop } = await start(directory, workers);
    await deploy(engine, {
      name: 't',
      nodes: [
        { id: 'start', kind: 'start' },
        ...callers.map((id) => ({
          id,
          kind: 'custom' as const,
          worker: 'w',
          action: id,
          settings: { limit: { amount: 10, windowMs: 1_000, key: '"one remote service"' } },
        })),
      ],
      connections: callers.map((to) => ({ from: 'start', to })),
    });
    for (let i = 0; i < 10; i++) await engine.run('t', 'start', { body: '{}' });
    await pause(1_500);
    await stop();
    await workers.close();
    workers = connect();
    ({ engine, stop } = await start(directory, workers));
    await drained(engine);
    await stop();
    await workers.close();
    server.close();

    expect(arrivals).toHaveLength(40);
    const most = Math.max(...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1_000).length));
    expect(most).toBeLessThanOrEqual(10);
  }, 60_000);

  const forward = (body: string): Outcome => ({ kind: 'forward', item: { body } });
  test.each<{ what: string; worker: typeof localTransport; items: number; answer: Outcome; most: number }>([
    { what: '768 steps', worker: localTransport, items: 1_000, answer: { kind: 'stop', reason: '' }, most: 768 },
    { what: '768 steps in chains of two', worker: goingOn, items: 1_000, answer: forward('{}'), most: 384 },
    { what: '16 MiB', worker: localTransport, items: 200, answer: forward('x'.repeat(200_000)), most: 84 },
  ])(
    'a worker does not wait for the disk: what it answered makes room before it is committed, up to $what',
    async ({ worker, items: ITEMS, answer, most }) => {
      const PREFETCH = 8;
      const running = { now: 0, most: 0, ever: 0 };
      let items = 1;
      let disk = Promise.resolve();
      const workers = new WorkerDirectory();
      workers.join(
        'w',
        worker(async ({ target }) => {
          if (target.action === 'all')
            return { kind: 'split', items: Array.from({ length: items }, () => ({ body: '{}' })) };
          if (target.action === 'last') return { kind: 'stop', reason: '' };
          running.ever++;
          running.most = Math.max(running.most, ++running.now);
          await new Promise((resolve) => setImmediate(resolve));
          running.now--;
          return answer;
        }),
      );
      // A disk that takes the answers of "each" only when it is told.
      const { engine, stop } = await start(folder(), workers, (messages) => {
        const commit = async (step: Step): Promise<Committed> => {
          if (step.message.queue.endsWith('/each')) await disk;
          return messages.commit(step);
        };
        const commitChain: MessageStore['commitChain'] = async (steps, keeps) => {
          await disk;
          return messages.commitChain(steps, keeps);
        };
        return new Proxy(messages, {
          get(target, name) {
            const value: unknown = { commit, commitChain }[name as string] ?? Reflect.get(target, name);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
      });
      await deploy(engine, {
        name: 't',
        nodes: [
          { id: 'start', kind: 'start' },
          { id: 'all', kind: 'batch', worker: 'w', action: 'all' },
          { id: 'each', kind: 'custom', worker: 'w', action: 'each', settings: { prefetch: PREFETCH } },
          { id: 'last', kind: 'custom', worker: 'w', action: 'last' },
        ],
        connections: [
          { from: 'start', to: 'all' },
          { from: 'all', to: 'each' },
          { from: 'each', to: 'last' },
        ],
      });
      // A queue is known once something was in it: chains lead to known ones only.
      await engine.run('t', 'start', { body: '{}' });
      await drained(engine);
      Object.assign(running, { most: 0, ever: 0 });
      items = ITEMS;
      let free!: () => void;
      disk = new Promise<void>((resolve) => {
        free = resolve;
      });
      await engine.run('t', 'start', { body: '{}' });
      await vi.waitUntil(() => running.ever >= most, { timeout: 20_000 });
      await pause(100);
      expect(running.ever).toBeLessThanOrEqual(most + PREFETCH);
      expect(running.most).toBe(PREFETCH);
      free();
      await drained(engine);
      expect(running.ever).toBe(ITEMS);
      expect(await engine.ledger()).toMatchObject({ balanced: true, trash: 0 });
      await stop();
      await workers.close();
    },
    60_000,
  );

  test('O1, B8: 1,000 keys × 100 messages with random failures: 0 inversions', async () => {
    const KEYS = 1_000;
    const EACH = 100;
    const PAGE = 5_000;
    const next = new Map<number, number>();
    let inversions = 0;
    let state = 99;
    const chance = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const workers = new WorkerDirectory();
    workers.join(
      'w',
      localTransport((call) => {
        if (call.target.action === 'all') {
          const from = Number(call.cursor ?? 0);
          const items = Array.from({ length: PAGE }, (_, i) => ({
            body: JSON.stringify({ key: (from + i) % KEYS, n: Math.floor((from + i) / KEYS) }),
          }));
          return { kind: 'split', items, ...(from + PAGE < KEYS * EACH ? { cursor: String(from + PAGE) } : {}) };
        }
        if (chance() < 0.05) return { kind: 'redeliver', reason: 'chance' };
        const { key, n } = JSON.parse(String(call.body)) as { key: number; n: number };
        if ((next.get(key) ?? 0) !== n) inversions++;
        next.set(key, n + 1);
        return { kind: 'stop', reason: '' };
      }),
    );
    const { engine, stop } = await start(folder(), workers);
    await deploy(engine, {
      name: 't',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'all', kind: 'batch', worker: 'w', action: 'all' },
        {
          id: 'one',
          kind: 'custom',
          worker: 'w',
          action: 'one',
          settings: { orderingKey: 'body.key', prefetch: 500, repeat: { attempts: 100, delayMs: 5, factor: 1 } },
        },
      ],
      connections: [
        { from: 'start', to: 'all' },
        { from: 'all', to: 'one' },
      ],
    });
    const { processId } = await engine.run('t', 'start', { body: '{}' });
    await drained(engine);
    expect(inversions).toBe(0);
    expect([...next.values()].every((count) => count === EACH)).toBe(true);
    expect(await engine.process(processId)).toMatchObject({ status: 'completed', failed: 0 });
    expect((await engine.ledger()).balanced).toBe(true);
    await stop();
  }, 180_000);
});
