// Cron starts. The next time is a durable row, the firing is idempotent by its time: a crash between start and row
// repeats the start with the same key, which gives the same process.
//
// Times that passed while nothing ran are caught up as the node says. Daylight saving: a time that does not exist fires
// at the first instant after the gap, a time that exists twice fires the first time; schedules that repeat within the
// hour simply go on.

import { SluiceError } from '@sluice/protocol';
import type { Settings } from '@sluice/topology';
import { Cron } from 'croner';
import type { Plan, PlanNode } from '../core/plan.ts';
import type { Context } from './context.ts';
import type { Deployer } from './deployer.ts';
import type { Starter } from './starter.ts';

const SCHEDULES = 'schedule';
const RETRY_MS = 5_000;
/** Missed times that `all` catches up, the latest ones. */
const MAX_CAUGHT_UP = 1_000;
/** A start that is later than this was missed. */
const MISSED_MS = 60_000;

export interface Schedule {
  readonly topology: string;
  readonly node: string;
  readonly cron: string;
  readonly timeZone: string | null;
  readonly catchUp: NonNullable<Settings['catchUp']>;
  readonly nextAt: number | null;
  readonly lastAt: number | null;
}

export class Scheduler {
  readonly #context: Context;
  readonly #deployer: Deployer;
  readonly #starter: Starter;
  readonly #schedules = new Map<string, Schedule>();
  /** Schedules whose start failed, with the instant of the next try. */
  readonly #retryAt = new Map<string, number>();
  #cancel: (() => void) | null = null;
  #firing: Promise<void> | null = null;
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

  /** Its next times, the first one first. */
  upcoming({ cron, timeZone }: Schedule, count: number): number[] {
    return job(cron, timeZone)
      .nextRuns(count, new Date(this.#context.clock.now()))
      .map((time) => time.getTime());
  }

  /** The enabled version of a topology changed: its cron nodes are the schedules now. An unchanged one keeps its next time. */
  async adopt(topology: string, plan: Plan | null): Promise<void> {
    const wanted = new Map<string, Schedule>();
    for (const node of plan?.nodes.values() ?? []) {
      if (node.kind !== 'cron') continue;
      const key = `${topology}/${node.id}`;
      const before = this.#schedules.get(key);
      const { cron, timeZone = null, catchUp = 'latest' } = node.settings;
      const same = before && before.cron === cron && before.timeZone === timeZone;
      wanted.set(
        key,
        same
          ? { ...before, catchUp }
          : {
              topology,
              node: node.id,
              cron: cron!,
              timeZone,
              catchUp,
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
    if (this.#stopped || this.#firing) return;
    let earliest = Number.POSITIVE_INFINITY;
    for (const [key, { nextAt }] of this.#schedules)
      if (nextAt !== null) earliest = Math.min(earliest, Math.max(nextAt, this.#retryAt.get(key) ?? 0));
    if (earliest === Number.POSITIVE_INFINITY) return;
    this.#cancel = this.#context.clock.at(earliest, () => {
      this.#firing = this.#fire().finally(() => {
        this.#firing = null;
        this.#plan();
      });
    });
  }

  /** Every schedule that is due; one that fails holds up no other. */
  async #fire(): Promise<void> {
    const now = this.#context.clock.now();
    for (const [key, schedule] of [...this.#schedules]) {
      if (schedule.nextAt === null || schedule.nextAt > now || (this.#retryAt.get(key) ?? 0) > now) continue;
      try {
        await this.#fireOne(key, schedule, now);
        this.#retryAt.delete(key);
      } catch (error) {
        if (this.#stopped || !this.#holds(key, schedule)) continue;
        // Nothing is skipped: the row still says when it was due, and it is tried until it starts.
        this.#context.log.error('A scheduled start failed; it is tried again.', { schedule: key, error });
        this.#retryAt.set(key, now + RETRY_MS);
      }
    }
  }

  async #fireOne(key: string, schedule: Schedule, now: number): Promise<void> {
    let lastAt = schedule.lastAt;
    for (const at of this.#due(key, schedule, now)) {
      if (this.#stopped || !this.#holds(key, schedule)) return;
      await this.#startAt(schedule, at);
      lastAt = at;
    }
    // Another version may have been enabled meanwhile: its row is the one that counts.
    if (this.#stopped || !this.#holds(key, schedule)) return;
    const value: Schedule = { ...schedule, nextAt: this.#next(schedule.cron, schedule.timeZone), lastAt };
    this.#schedules.set(key, value);
    await this.#context.stores.records.write([{ collection: SCHEDULES, key, value }]);
  }

  #holds(key: string, schedule: Schedule): boolean {
    return this.#schedules.get(key) === schedule;
  }

  /** Times to start for, the oldest first. */
  #due(key: string, { cron, timeZone, catchUp, nextAt }: Schedule, now: number): number[] {
    const passed = job(cron, timeZone)
      // Exclusive, and counted in whole seconds.
      .previousRuns(catchUp === 'all' ? MAX_CAUGHT_UP + 1 : 1, new Date((Math.floor(now / 1_000) + 1) * 1_000))
      .map((time) => time.getTime())
      .filter((at) => at >= nextAt!)
      .reverse();
    // The row may say a time that the schedule does not: it was promised, so it counts.
    if (passed.length === 0) passed.push(nextAt!);
    if (catchUp === 'none') return passed.filter((at) => now - at <= MISSED_MS);
    if (passed.length <= MAX_CAUGHT_UP) return passed;
    this.#context.log.warn('More scheduled times were missed than are caught up; the older ones are left out.', {
      schedule: key,
      caughtUp: MAX_CAUGHT_UP,
      from: new Date(nextAt!).toISOString(),
    });
    return passed.slice(-MAX_CAUGHT_UP);
  }

  async #startAt({ topology, node: nodeId }: Schedule, at: number): Promise<void> {
    const { plan, node } = await this.#deployer.entry(topology, nodeId);
    try {
      await this.#starter.start(plan, node, {
        body: bodyOf(node),
        contentType: 'application/json',
        headers: { 'scheduled-at': new Date(at).toISOString() },
        idempotencyKey: `cron/${nodeId}/${at}`,
      });
    } catch (error) {
      // It was started for this time before, by a version with another body.
      if (!(error instanceof SluiceError) || error.code !== 'run.idempotency_conflict') throw error;
    }
  }

  #next(cron: string, timeZone: string | null): number | null {
    return job(cron, timeZone).nextRun(new Date(this.#context.clock.now()))?.getTime() ?? null;
  }
}

function job(cron: string, timeZone: string | null): Cron {
  return new Cron(cron, { paused: true, ...(timeZone ? { timezone: timeZone } : {}) });
}

function bodyOf(node: PlanNode): string {
  const { body } = node.settings;
  return body === undefined ? '{}' : JSON.stringify(body);
}
