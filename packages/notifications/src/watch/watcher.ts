// Looks at the platform in turns, and lets rules speak. What was found, and the messages that come of it, are one write:
// after a crash nothing is told twice that was told, and nothing is forgotten that was found.

import type { Log, RecordChange, RecordStore } from '@sluice/engine';
import type { CheckedRule } from '@sluice/protocol';
import type { Book } from '../book/book.ts';
import type { Outbox } from '../send/outbox.ts';
import { type Finding, Look, patienceOf } from './conditions.ts';
import { gather, isSame, mustSpeak, NEW_STATE, type RuleState } from './rule-state.ts';
import type { Sources } from './sources.ts';
import { type Notice, pageOf, subjectOf } from './words.ts';

const COLLECTION = 'notification-state';
const MOST_EVENTS = 500;

export interface WatcherParts {
  readonly records: RecordStore;
  readonly sources: Sources;
  readonly book: Book;
  readonly outbox: Outbox;
  readonly log: Log;
  readonly now: () => number;
  /** Address of a page of the platform. */
  readonly urlOf: (page: string) => string;
}

export class Watcher {
  readonly #parts: WatcherParts;
  readonly #states = new Map<string, RuleState>();
  /** Since when a finding lasts, by rule and key. */
  readonly #since = new Map<string, Map<string, number>>();

  constructor(parts: WatcherParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    for (const { key, value } of await this.#parts.records.list<RuleState>(COLLECTION)) this.#states.set(key, value);
  }

  stateOf(rule: string): RuleState {
    return this.#states.get(rule) ?? NEW_STATE;
  }

  /** A rule that is new or has changed begins anew: what is the case already is told once, what failed before is not. */
  async begin(name: string, { when }: CheckedRule): Promise<void> {
    const seq = when.kind === 'process-failed' ? await this.#parts.sources.lastEventSeq() : null;
    await this.#keep(name, { ...NEW_STATE, seq });
  }

  forget(name: string): Promise<void> {
    return this.#keep(name, null);
  }

  async #keep(name: string, state: RuleState | null): Promise<void> {
    this.#since.delete(name);
    if (state) this.#states.set(name, state);
    else this.#states.delete(name);
    await this.#parts.records.write([{ collection: COLLECTION, key: name, value: state }]);
  }

  /** Look once, at everything that an enabled rule is about. */
  async look(): Promise<void> {
    const look = new Look(this.#parts.sources);
    for (const [name, rule] of [...this.#parts.book.rules()])
      if (rule.enabled)
        try {
          await this.#judge(name, rule, look);
        } catch (error) {
          this.#parts.log.warn('A rule of notifications could not be looked at; it is tried again.', {
            rule: name,
            error,
          });
        }
  }

  async #judge(name: string, rule: CheckedRule, look: Look): Promise<void> {
    const { records, outbox, book, urlOf } = this.#parts;
    const now = this.#parts.now();
    const before = this.stateOf(name);
    const { seq, events } = await this.#failed(rule, before.seq);
    const lasting = this.#lasting(name, await look.findings(rule.when, now), patienceOf(rule.when), now);
    let state = { ...gather(before, lasting, events), seq };
    const changes: RecordChange[] = [];
    let commit = (): void => {};
    if (mustSpeak(state, rule.quietMinutes * 60_000, now)) {
      const { gathered: count, lines } = state;
      const subject = subjectOf(rule.when, count, lines);
      const notice: Notice = { rule: name, subject, lines, count, url: urlOf(pageOf(rule.when)), at: now };
      const prepared = outbox.prepare(notice, rule.to);
      changes.push(...prepared.changes);
      commit = prepared.commit;
      state = { ...state, gathered: 0, lines: [], lastSentAt: now };
    }
    if (isSame(state, before)) return;
    await records.write([...changes, { collection: COLLECTION, key: name, value: state }]);
    // Somebody may have changed the rule meanwhile: then it begins anew.
    if (book.rules().get(name) === rule) this.#states.set(name, state);
    commit();
  }

  /** Processes that failed since the last look. */
  async #failed({ when }: CheckedRule, seq: number | null): Promise<{ seq: number | null; events: Finding[] }> {
    const { sources, book } = this.#parts;
    if (when.kind !== 'process-failed') return { seq, events: [] };
    const told = book.toldTopologies();
    const rows = await sources.events(seq ?? 0, MOST_EVENTS);
    return {
      seq: rows.at(-1)?.seq ?? seq,
      events: rows
        .filter(
          ({ type, topology }) =>
            type === 'process.failed' &&
            (when.topology === undefined || topology === when.topology) &&
            !told.has(topology),
        )
        .map(({ topology, processId }) => ({ key: processId, words: `${topology}: process ${processId} failed` })),
    };
  }

  /** Of what is found that which lasts long enough. */
  #lasting(rule: string, found: readonly Finding[], patienceMs: number, now: number): Finding[] {
    if (patienceMs === 0) return [...found];
    const before = this.#since.get(rule);
    const fired = new Set(this.stateOf(rule).firing);
    const since = new Map(found.map(({ key }) => [key, before?.get(key) ?? now]));
    this.#since.set(rule, since);
    return found.filter(({ key }) => fired.has(key) || now - since.get(key)! >= patienceMs);
  }
}
