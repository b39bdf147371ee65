// Cron starts. The next time is a durable row, the firing is idempotent by its time: a crash between start and row
// repeats the start with the same key, which gives the same process.

import { Cron } from 'croner';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import type { Starter } from './starter.ts';

const SCHEDULES = 'schedule';
const RETRY_MS = 5_000;

export interface Schedule {
  readonly topology: string;
  readonly node: string;
  readonly cron: string;
  readonly timeZone: string | null;
  readonly nextAt: number | null;
  readonly lastAt: number | null;
}

export class Scheduler {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #starter: Starter;
  readonly #schedules = new Map<string, Schedule>();
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(context: Context, deployer: Deployer, starter: Starter) {
    this.#context = context;
    this.#deployer = deployer;
    this.#starter = starter;
  }

  async start(): Promise<void> {
    for (const { key, value } of await this.#context.stores.records.list<Schedule>(SCHEDULES))
      this.#schedules.set(key, value);
    this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  list(): readonly Schedule[] {
    return [...this.#schedules.values()];
  }

  /** The enabled version of a topology changed: its cron nodes are the schedules now. An unchanged one keeps its next time. */
  async adopt(topology: string, plan: Plan | null): Promise<void> {
    const wanted = new Map<string, Schedule>();
    for (const node of plan?.nodes.values() ?? []) {
      if (node.kind !== 'cron') continue;
      const key = `${topology}/${node.id}`;
      const before = this.#schedules.get(key);
      const { cron, timeZone = null } = node.settings;
      const same = before && before.cron === cron && before.timeZone === timeZone;
      wanted.set(
        key,
        same
          ? before
          : {
              topology,
              node: node.id,
              cron: cron!,
              timeZone,
              nextAt: this.#next(cron!, timeZone),
              lastAt: before?.lastAt ?? null,
            },
      );
    }
    const gone = [...this.#schedules].filter(([key, schedule]) => schedule.topology === topology && !wanted.has(key));
    const changes = [
      ...gone.map(([key]) => ({ collection: SCHEDULES, key, value: null })),
      ...[...wanted].map(([key, value]) => ({ collection: SCHEDULES, key, value })),
    ];
    if (changes.length > 0) await this.#context.stores.records.write(changes);
    for (const [key] of gone) this.#schedules.delete(key);
    for (const [key, schedule] of wanted) this.#schedules.set(key, schedule);
    this.#plan();
  }

  #plan(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#stopped) return;
    const times = [...this.#schedules.values()].flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
    if (times.length > 0) this.#cancel = this.#context.clock.at(Math.min(...times), () => void this.#fire());
  }

  async #fire(): Promise<void> {
    const now = this.#context.clock.now();
    for (const [key, schedule] of this.#schedules) {
      if (schedule.nextAt === null || schedule.nextAt > now) continue;
      try {
        await this.#fireOne(key, schedule);
      } catch (error) {
        // Nothing is skipped: the row still says when it was due, and it is tried until it starts.
        this.#context.log.error('A scheduled start failed; it is tried again.', { schedule: key, error });
        this.#schedules.set(key, { ...schedule, nextAt: schedule.nextAt });
        this.#cancel?.();
        if (!this.#stopped) this.#cancel = this.#context.clock.at(now + RETRY_MS, () => void this.#fire());
        return;
      }
    }
    this.#plan();
  }

  /** After an outage a schedule fires once for all the times it missed. */
  async #fireOne(key: string, schedule: Schedule): Promise<void> {
    const { topology, node: nodeId, nextAt } = schedule;
    const { plan, node } = await this.#deployer.entry(topology, nodeId);
    await this.#starter.start(plan, node, {
      body: bodyOf(node),
      contentType: 'application/json',
      headers: { 'scheduled-at': new Date(nextAt!).toISOString() },
      idempotencyKey: `cron/${nodeId}/${nextAt}`,
    });
    const value: Schedule = { ...schedule, nextAt: this.#next(schedule.cron, schedule.timeZone), lastAt: nextAt };
    await this.#context.stores.records.write([{ collection: SCHEDULES, key, value }]);
    if (this.#schedules.has(key)) this.#schedules.set(key, value);
  }

  #next(cron: string, timeZone: string | null): number | null {
    const job = new Cron(cron, { paused: true, ...(timeZone ? { timezone: timeZone } : {}) });
    return job.nextRun(new Date(this.#context.clock.now()))?.getTime() ?? null;
  }
}

function bodyOf(node: PlanNode): string {
  const { body } = node.settings;
  return body === undefined ? '{}' : JSON.stringify(body);
}
