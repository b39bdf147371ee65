// The whole process model on the real store: everything that waits is taken up again after a restart.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StepCall } from '@sluice/protocol';
import type { TopologyModel } from '@sluice/topology';
import { afterEach, describe, expect, test } from 'vitest';
import { inlineExpressions } from '../adapters/expressions/inline.ts';
import { systemClock, systemIds } from '../adapters/system/system.ts';
import { WorkerDirectory } from '../adapters/workers/directory.ts';
import { localTransport } from '../adapters/workers/local.ts';
import type { Stores } from '../ports/stores.ts';
import { sqliteStores } from '../sqlite.ts';
import { chain, custom, type Steps } from '../testing/harness.ts';
import { Engine } from './engine.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

describe('the process model on the embedded store', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  class Life {
    readonly directory = mkdtempSync(join(tmpdir(), 'sluice-model-'));
    readonly calls: StepCall[] = [];
    readonly steps: Steps;
    engine!: Engine;
    stores!: Stores;

    constructor(steps: Steps) {
      this.steps = steps;
      folders.push(this.directory);
    }

    async begin(): Promise<void> {
      this.stores = await sqliteStores({ directory: this.directory });
      const workers = new WorkerDirectory();
      workers.join(
        'w',
        localTransport((call) => {
          this.calls.push(call);
          return this.steps[call.target.action]?.(call) ?? { kind: 'forward', item: { body: call.body } };
        }),
      );
      this.engine = new Engine({
        stores: this.stores,
        workers,
        expressions: inlineExpressions,
        clock: systemClock,
        ids: systemIds,
        log,
      });
      await this.engine.start();
    }

    async end(): Promise<void> {
      await this.engine.stop(0);
      await this.stores.close();
    }

    async deploy(...models: TopologyModel[]): Promise<void> {
      for (const model of models) {
        const { name, version } = await this.engine.topologies.save(model);
        await this.engine.topologies.publish(name, version);
        await this.engine.topologies.enable(name, version);
      }
    }

    async until(holds: () => Promise<boolean>): Promise<void> {
      while (!(await holds())) await pause(20);
    }

    async idle(): Promise<boolean> {
      const { queued, leased, delayed, limited, held } = await this.engine.ledger();
      return queued + leased + delayed + limited + held === 0;
    }

    bodies(action: string): unknown[] {
      const made = new Map(
        this.calls
          .filter((call) => call.target.action === action)
          .map((call) => [call.idempotencyKey, JSON.parse(String(call.body)) as unknown]),
      );
      return [...made.values()];
    }
  }

  test('B1: split, call, join, publish: stopped again and again, every whole comes once', async () => {
    const life = new Life({
      work: (call) =>
        call.attempt === 1
          ? { kind: 'redeliver', reason: 'x', delayMs: 150 }
          : { kind: 'forward', item: { body: call.body } },
    });
    await life.begin();
    await life.deploy(
      chain('callee', custom('work'), {
        id: 'answer',
        kind: 'respond',
        settings: { expression: '{"n": body.n * 2}' },
      }),
      {
        name: 'subscriber',
        nodes: [
          { id: 'in', kind: 'topic', settings: { topic: 'wholes', businessKey: '$string(body[0].n)' } },
          custom('mail'),
        ],
        connections: [{ from: 'in', to: 'mail' }],
      },
      chain(
        't',
        { id: 'split', kind: 'split', settings: { expression: 'body.list' } },
        { id: 'call', kind: 'call', settings: { topology: 'callee' } },
        {
          id: 'collect',
          kind: 'collect',
          settings: { count: '$number(headers.`split-count`)', index: '$number(headers.`split-index`)' },
        },
        { id: 'out', kind: 'topic', settings: { topic: 'wholes' } },
        'after',
      ),
    );
    const RUNS = 20;
    for (let run = 0; run < RUNS; run++)
      await life.engine.run('t', 'start', {
        body: JSON.stringify({ list: [0, 1, 2, 3, 4].map((n) => ({ n: run * 10 + n })) }),
        contentType: 'application/json',
      });
    for (let restart = 0; restart < 4; restart++) {
      await pause(60);
      await life.end();
      await life.begin();
    }
    await life.until(() => life.idle());
    const wholes = Array.from({ length: RUNS }, (_, run) => [0, 1, 2, 3, 4].map((n) => ({ n: (run * 10 + n) * 2 })));
    const byFirst = (list: unknown[]): unknown[] => [...(list as { n: number }[][])].sort((a, b) => a[0]!.n - b[0]!.n);
    expect(byFirst(life.bodies('after'))).toEqual(wholes);
    expect(byFirst(life.bodies('mail'))).toEqual(wholes);
    expect(life.bodies('work')).toHaveLength(RUNS * 5);
    const ledger = await life.engine.ledger();
    expect(ledger).toMatchObject({ accepted: RUNS * 7, trash: 0, balanced: true });
    const { items } = await life.engine.reads.processes({ businessKey: '20' }, { limit: 10 });
    expect(items).toMatchObject([{ topology: 'subscriber', status: 'completed', parent: { relation: 'topic' } }]);
    expect(
      (await life.engine.reads.processes({ topology: 'callee', status: 'completed' }, { limit: 500 })).items,
    ).toHaveLength(RUNS * 5);
    expect(await life.engine.reads.audit(1_000)).toEqual([]);
    await life.end();
  }, 120_000);

  test('a timer path and the time of a join pass while nothing runs, and are taken at the next start', async () => {
    const life = new Life({});
    await life.begin();
    const ask = { id: 'ask', kind: 'user-task' as const };
    const model = chain('ask', ask, 'decided');
    await life.deploy(
      {
        ...model,
        nodes: [...model.nodes, custom('escalate')],
        connections: [...model.connections, { from: 'ask', to: 'escalate', on: 'timer', afterMs: 400 }],
      },
      chain('join', { id: 'collect', kind: 'collect', settings: { count: 2, timeoutMs: 400 } }, 'after'),
    );
    await life.engine.run('ask', 'start', { body: '1' });
    await life.engine.run('join', 'start', { body: '2', contentType: 'application/json' });
    await life.until(async () => (await life.engine.ledger()).held === 2);
    await life.end();
    await pause(450);
    expect(life.calls).toEqual([]);
    await life.begin();
    await life.until(() => life.idle());
    expect(life.bodies('escalate')).toEqual([1]);
    expect(life.bodies('after')).toEqual([[2]]);
    expect((await life.engine.ledger()).balanced).toBe(true);
    await life.end();
  }, 60_000);

  test('an answer after the timer path is ignored, and the history says so', async () => {
    let answer!: () => void;
    const life = new Life({
      a: (call) => new Promise((resolve) => (answer = () => resolve({ kind: 'forward', item: { body: call.body } }))),
    });
    await life.begin();
    const model = chain('t', 'a', 'next');
    await life.deploy({
      ...model,
      nodes: [...model.nodes, custom('late')],
      connections: [...model.connections, { from: 'a', to: 'late', on: 'timer', afterMs: 200 }],
    });
    const { processId } = await life.engine.run('t', 'start', { body: '1' });
    await life.until(async () => life.bodies('late').length === 1);
    answer();
    const first = async () => (await life.engine.reads.history(processId, { limit: 10 })).items[0]!;
    await life.until(async () => (await first()).attempts.length > 0);
    expect(await first()).toMatchObject({ result: 'timer', attempts: [{ code: 'late' }] });
    expect(life.bodies('next')).toEqual([]);
    await life.until(async () => (await life.engine.process(processId)).status === 'completed');
    expect((await life.engine.ledger()).balanced).toBe(true);
    await life.end();
  }, 60_000);

  test('a failed process whose compensation had not begun is compensated at the next start', async () => {
    let undone = 0;
    const life = new Life({
      pay: () => ({ kind: 'fail', reason: 'no money' }),
      cancel: () => {
        undone++;
        return { kind: 'stop', reason: 'done' };
      },
    });
    await life.begin();
    const model = chain('trip', 'book', 'pay');
    await life.deploy({
      ...model,
      nodes: [...model.nodes, custom('cancel')],
      connections: [...model.connections, { from: 'book', to: 'cancel', on: 'compensation' }],
      settings: { compensate: 'on-failure' },
    });
    // As if the engine had ended right after the process did.
    const failed = life.engine.compensations.failed;
    life.engine.compensations.failed = () => {};
    const { processId } = await life.engine.run('trip', 'start', { body: '1' });
    await life.until(async () => (await life.engine.process(processId)).status === 'failed');
    life.engine.compensations.failed = failed;
    await life.end();
    await life.begin();
    const compensated = async () =>
      (await life.engine.reads.processes({ parentId: processId }, { limit: 10 })).items[0]?.status === 'completed';
    await life.until(compensated);
    await life.end();
    await life.begin();
    await life.until(compensated);
    expect(undone).toBe(1);
    await life.end();
  }, 60_000);
});
