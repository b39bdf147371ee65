// Every question to the file, by name. Runs in the reading thread; each question is one statement or one snapshot.

import { processOf } from '../../core/message.ts';
import type { AuditFilter } from '../../ports/audit-store.ts';
import type { StatisticsRange } from '../../ports/read-model.ts';
import { type AuditTableRow, readAudit } from './audit-store.ts';
import { type DataAnswer, type DataQuery, readData } from './data-reader.ts';
import type { Database, Statement } from './database.ts';
import type { MessageRow } from './operations.ts';
import { COUNT_MESSAGES } from './process-counts.ts';
import { listProcesses, type ProcessListQuery, SELECT_PROCESS } from './process-list.ts';
import { STATUS } from './schema.ts';
import { originOf, readTrail, type StepRow, type Trail } from './trail.ts';
import { SELECT_MESSAGE } from './write/tables.ts';

export interface ProcessRow {
  readonly id: string;
  readonly topology: string;
  readonly version: number;
  readonly start_node: string;
  readonly user: string;
  readonly status: number;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly replay_of: string | null;
  readonly idempotency_key: string | null;
  readonly business_key: string | null;
  readonly parent: string | null;
  readonly parent_message: string | null;
  readonly relation: string | null;
  readonly depth: number | null;
}

export interface ContentRow {
  readonly headers: string;
  readonly content_type: string;
  readonly body: string | Uint8Array | null;
  readonly blob: string | null;
  readonly bytes: number;
  readonly answer: string | null;
  readonly answer_body: string | Uint8Array | null;
  readonly answer_blob: string | null;
  readonly answer_bytes: number | null;
}

export interface AttemptRow {
  readonly message: string;
  readonly attempt: number;
  readonly at: number;
  readonly duration_ms: number;
  readonly code: string;
  readonly reason: string;
}

export interface JoinedRow {
  readonly message: string;
  readonly part: string;
}

export interface StepRows {
  readonly steps: StepRow[];
  readonly attempts: AttemptRow[];
  readonly joined: JoinedRow[];
}

export interface LedgerRow {
  readonly name: string;
  readonly accepted: number;
  readonly emitted: number;
  readonly finished: number;
}

export interface EventRow {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly topology: string;
  readonly process: string;
  readonly node: string | null;
  readonly message: string | null;
}

export interface AuditRow {
  readonly id: string;
  readonly topology: string;
  readonly version: number;
  readonly start_node: string;
  readonly expected: number;
  readonly present: number;
}

/** Messages that wait, by their numbers and names in the tables; null asks nothing. */
export interface WaitingOf {
  readonly state: number;
  readonly topology: string | null;
  readonly node: string | null;
  readonly processId: string | null;
  readonly code: string | null;
  readonly user: string | null;
  readonly hold: string | null;
}

export interface GroupRow {
  readonly queue: string;
  readonly code: string | null;
  readonly reason: string | null;
  readonly count: number;
  readonly oldest: number;
  readonly newest: number;
}

export interface EndedRow {
  readonly topology: string;
  readonly bucket: number;
  readonly status: number;
  readonly count: number;
  readonly total: number;
  readonly longest: number;
}

/** Questions with their answers. */
export interface Answers {
  start: {
    queues: { name: string; last: number }[];
    nextDue: number | null;
    nextTimer: number | null;
    limited: { key: string; count: number }[];
  };
  ready: MessageRow[];
  process: ProcessRow | null;
  content: ContentRow | null;
  auditRows: AuditTableRow[];
  processes: ProcessRow[];
  history: StepRows;
  step: StepRows;
  waiting: StepRows;
  waitingGroups: GroupRow[];
  statistics: { ended: EndedRow[]; running: { topology: string; count: number }[] };
  ledger: { flows: LedgerRow[]; states: { name: string; state: number; count: number }[] };
  events: EventRow[];
  lastEvent: number;
  audit: {
    process: AuditRow;
    missing: { parent: string | null; queue: string; emitted: number; found: number } | null;
  }[];
  size: number;
  permits: { key: string; at: number }[];
  record: string | null;
  records: { key: string; value: string }[];
  nextTimer: number | null;
  dueTimers: { rows: { id: string; of: string; due_at: number }[]; next: number | null };
  collection: { parts: number; closed: number };
  parts: (MessageRow & { place: string | null })[];
  data: DataAnswer;
}

export type Query =
  | { readonly ask: 'start' }
  | { readonly ask: 'ready'; readonly queue: string; readonly after: number; readonly max: number }
  | { readonly ask: 'process'; readonly id: string }
  | { readonly ask: 'content'; readonly id: string }
  | ({ readonly ask: 'processes' } & ProcessListQuery)
  | { readonly ask: 'history'; readonly id: string; readonly after: number; readonly limit: number }
  | { readonly ask: 'step'; readonly id: string }
  | { readonly ask: 'waiting'; readonly after: number; readonly limit: number; readonly of: WaitingOf }
  | { readonly ask: 'waitingGroups'; readonly of: WaitingOf }
  | { readonly ask: 'statistics'; readonly range: StatisticsRange }
  | { readonly ask: 'ledger'; readonly topology: string | null }
  | { readonly ask: 'events'; readonly after: number; readonly limit: number }
  | { readonly ask: 'lastEvent' }
  | { readonly ask: 'audit'; readonly limit: number }
  | { readonly ask: 'size' }
  | { readonly ask: 'permits'; readonly key: string; readonly since: number }
  | { readonly ask: 'record'; readonly collection: string; readonly key: string }
  | { readonly ask: 'records'; readonly collection: string; readonly prefix: string }
  | { readonly ask: 'auditRows'; readonly filter: AuditFilter; readonly limit: number; readonly below: number }
  | { readonly ask: 'nextTimer' }
  | { readonly ask: 'dueTimers'; readonly now: number; readonly max: number }
  | { readonly ask: 'collection'; readonly id: string }
  | { readonly ask: 'parts'; readonly collection: string }
  | { readonly ask: 'data'; readonly of: DataQuery };

const SELECT_STEP = SELECT_MESSAGE.replace(
  'SELECT ',
  'SELECT m.changed_at, m.duration_ms, m.emitted, m.result, m.code, m.reason, ',
);
const WAITING = `m.state = ?1 AND m.state > 1 AND m.state < 6
  AND (?2 IS NULL OR q.topology = ?2) AND (?3 IS NULL OR substr(q.name, -length(?3) - 1) = '/' || ?3)
  AND (?4 IS NULL OR (m.id > ?4 || '.' AND m.id < ?4 || '/')) AND (?5 IS NULL OR m.code = ?5) AND (?6 IS NULL OR m.user = ?6)
  AND (?7 IS NULL OR m.result = ?7)`;
const valuesOf = ({ state, topology, node, processId, code, user, hold }: WaitingOf) =>
  [state, topology, node, processId, code, user, hold] as const;
const MAX_GROUPS = 500;
/** Content read for one refill of a queue. */
const MAX_READY_BYTES = 8 * 1024 * 1024;

export class Reader {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database) {
    this.#db = db;
  }

  ask(query: Query): Answers[Query['ask']] {
    switch (query.ask) {
      case 'start':
        return this.#start();
      case 'ready':
        return this.#readyRows(query.queue, query.after, query.max);
      case 'process':
        return (
          this.#counted(
            this.#all<ProcessRow>(
              `${SELECT_PROCESS} FROM process p LEFT JOIN lineage l ON l.process = p.id WHERE p.id = ?`,
              query.id,
            ),
          )[0] ?? null
        );
      case 'content':
        return this.#content(query.id);
      case 'processes':
        return this.#counted(listProcesses((text) => this.#sql(text), query));
      case 'history':
        return this.#withAttempts(this.#steps(query.id, query.after, query.limit));
      case 'step':
        return this.#withAttempts(this.#step(query.id));
      case 'waiting':
        return this.#withAttempts(
          this.#all<StepRow>(
            `${SELECT_STEP} WHERE ${WAITING} AND m.seq > ?8 ORDER BY m.seq LIMIT ?9`,
            ...valuesOf(query.of),
            query.after,
            query.limit,
          ),
        );
      case 'waitingGroups':
        return this.#all<GroupRow>(
          `SELECT queue, code, (SELECT reason FROM message WHERE seq = last) AS reason, count, oldest, newest FROM (
             SELECT q.name AS queue, m.code, count(*) AS count, min(m.changed_at) AS oldest, max(m.changed_at) AS newest, max(m.seq) AS last
             FROM message m JOIN queue q ON q.id = m.queue WHERE ${WAITING} GROUP BY m.queue, m.code)
           ORDER BY count DESC LIMIT ?8`,
          ...valuesOf(query.of),
          MAX_GROUPS,
        );
      case 'statistics':
        return this.#statistics(query.range);
      case 'ledger':
        return this.#ledger(query.topology);
      case 'events':
        return this.#all<EventRow>('SELECT * FROM event WHERE seq > ? ORDER BY seq LIMIT ?', query.after, query.limit);
      case 'lastEvent':
        return (this.#get('SELECT coalesce(max(seq), 0) AS seq FROM event') as { seq: number }).seq;
      case 'audit':
        return this.#audit(query.limit);
      case 'size': {
        const { pages } = this.#get('SELECT page_count AS pages FROM pragma_page_count()') as { pages: number };
        return pages * 4096;
      }
      case 'permits':
        return this.#all<{ key: string; at: number }>(
          'SELECT key, at FROM permit WHERE key = ? AND at >= ? ORDER BY at',
          query.key,
          query.since,
        );
      case 'nextTimer':
        return this.#nextTimer();
      case 'dueTimers':
        return {
          rows: this.#all<Answers['dueTimers']['rows'][number]>(
            'SELECT id, of, due_at FROM timer WHERE due_at <= ? ORDER BY due_at LIMIT ?',
            query.now,
            query.max,
          ),
          next: (
            this.#get('SELECT min(due_at) AS due FROM timer WHERE due_at > ?', query.now) as { due: number | null }
          ).due,
        };
      case 'collection':
        return this.#get(
          `SELECT (SELECT count(*) FROM part WHERE collection = ?1) AS parts,
             EXISTS (SELECT 1 FROM closed_collection WHERE id = ?1) AS closed`,
          query.id,
        ) as Answers['collection'];
      case 'parts':
        return this.#all<Answers['parts'][number]>(
          `${SELECT_MESSAGE.replace('SELECT ', 'SELECT part.place, ')} JOIN part ON part.message = m.id
           WHERE part.collection = ? ORDER BY part.ordinal`,
          query.collection,
        );
      case 'data':
        return readData((text) => this.#sql(text), query.of);
      case 'auditRows':
        return readAudit(this.#db, query.filter, query.limit, query.below);
      case 'record':
        return (
          (
            this.#get('SELECT value FROM record WHERE collection = ? AND key = ?', query.collection, query.key) as
              | { value: string }
              | undefined
          )?.value ?? null
        );
      case 'records':
        return this.#all<{ key: string; value: string }>(
          'SELECT key, value FROM record WHERE collection = ?1 AND substr(key, 1, length(?2)) = ?2 ORDER BY key',
          query.collection,
          query.prefix,
        );
    }
  }

  #nextTimer(): number | null {
    return (this.#get('SELECT min(due_at) AS due FROM timer') as { due: number | null }).due;
  }

  /** The row of a process that runs says how it began; its messages say how it is. */
  #counted(rows: ProcessRow[]): ProcessRow[] {
    return rows.map((row) => {
      if (row.status !== STATUS.running) return row;
      const { total, done, failed } = this.#get(COUNT_MESSAGES, row.id) as {
        total: number;
        done: number;
        failed: number;
      };
      return { ...row, total, done, failed };
    });
  }

  #start(): Answers['start'] {
    return {
      queues: this.#all(
        'SELECT q.name, max(m.pos) AS last FROM message m JOIN queue q ON q.id = m.queue WHERE m.state = 0 AND m.state < 6 GROUP BY m.queue',
      ),
      nextDue: (this.#get('SELECT min(due_at) AS due FROM message WHERE state = 2') as { due: number | null }).due,
      nextTimer: this.#nextTimer(),
      limited: this.#all('SELECT limit_key AS key, count(*) AS count FROM message WHERE state = 3 GROUP BY limit_key'),
    };
  }

  #readyRows(queue: string, after: number, max: number): MessageRow[] {
    const found = this.#get('SELECT id FROM queue WHERE name = ?', queue) as { id: number } | undefined;
    if (!found) return [];
    const rows: MessageRow[] = [];
    let bytes = 0;
    const statement = this.#sql(
      `${SELECT_MESSAGE} WHERE m.queue = ? AND m.state = 0 AND m.state < 6 AND m.pos > ? ORDER BY m.pos LIMIT ?`,
    );
    for (const row of statement.iterate(found.id, after, max) as Iterable<MessageRow>) {
      rows.push(row);
      bytes += row.bytes;
      if (bytes > MAX_READY_BYTES) break;
    }
    return rows;
  }

  /** The first over an index that holds all it needs; the second over what is open now. */
  #statistics({ from, to, bucketMs }: StatisticsRange): Answers['statistics'] {
    return {
      ended: this.#all<EndedRow>(
        `SELECT topology, CAST((ended_at - ?1) / ?3 AS INTEGER) AS bucket, status, count(*) AS count,
           sum(ended_at - started_at) AS total, max(ended_at - started_at) AS longest
         FROM process WHERE ended_at IS NOT NULL AND ended_at >= ?1 AND ended_at < ?2 AND status > 0
         GROUP BY topology, bucket, status`,
        from,
        to,
        bucketMs,
      ),
      running: this.#all<{ topology: string; count: number }>(
        `SELECT q.topology, count(DISTINCT substr(m.id, 1, instr(m.id, '.') - 1)) AS count
         FROM message m JOIN queue q ON q.id = m.queue WHERE m.state < 5 AND m.state < 6 GROUP BY q.topology`,
      ),
    };
  }

  #ledger(topology: string | null): Answers['ledger'] {
    // Both sides from one snapshot, or a message between them would look lost.
    this.#db.exec('BEGIN');
    try {
      return {
        flows: this.#all(
          'SELECT name, accepted, emitted, finished FROM queue WHERE ?1 IS NULL OR topology = ?1',
          topology,
        ),
        states: this.#all(
          `SELECT q.name, m.state, count(*) AS count FROM message m JOIN queue q ON q.id = m.queue
           WHERE m.state < 6 AND (?1 IS NULL OR q.topology = ?1) GROUP BY m.queue, m.state`,
          topology,
        ),
      };
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  /** In one statement: what it began with may stand in its trail, which goes when the process does. */
  #content(process: string): ContentRow | null {
    const row = this.#get(
      `SELECT r.headers, r.content_type, r.payload, p.body, p.blob, p.bytes, r.answer, a.body AS answer_body, a.blob AS answer_blob, a.bytes AS answer_bytes, t.steps, t.contents
       FROM process r LEFT JOIN payload p ON p.id = r.payload LEFT JOIN payload a ON a.id = r.answer_payload
         LEFT JOIN trail t ON r.payload < 0 AND t.process = r.id
       WHERE r.id = ?`,
      process,
    ) as (ContentRow & Trail & { payload: number }) | undefined;
    if (!row) return null;
    const { payload, steps, contents, ...content } = row;
    return payload < 0 ? { ...content, ...originOf({ steps, contents }, payload) } : content;
  }

  /** Steps of a process in order: those with rows, and those in trails. */
  #steps(process: string, after: number, limit: number): StepRow[] {
    const steps = this.#all<StepRow>(
      `${SELECT_STEP} WHERE m.id > ? AND m.id < ? AND m.seq > ? ORDER BY m.seq LIMIT ?`,
      `${process}.`,
      `${process}/`,
      after,
      limit,
    );
    const trails = this.#sql('SELECT first, steps, contents FROM trail WHERE process = ? AND last > ? ORDER BY first');
    for (const trail of trails.iterate(process, after) as Iterable<Trail & { first: number }>) {
      if (steps.length >= limit && trail.first > steps[limit - 1]!.seq) break;
      steps.push(...this.#trail(trail).filter((step) => step.seq > after));
      steps.sort((a, b) => a.seq - b.seq);
    }
    return steps.slice(0, limit);
  }

  #step(id: string): StepRow[] {
    const row = this.#all<StepRow>(`${SELECT_STEP} WHERE m.id = ?`, id);
    if (row.length > 0) return row;
    const process = processOf(id);
    for (const trail of this.#all<Trail>('SELECT steps, contents FROM trail WHERE process = ?', process)) {
      const found = trail.steps.includes(id) && this.#trail(trail).find((step) => step.id === id);
      if (found) return [found];
    }
    return [];
  }

  #trail(trail: Trail): StepRow[] {
    return readTrail(
      trail,
      (queue) => (this.#get('SELECT name FROM queue WHERE id = ?', queue) as { name: string }).name,
      (row) => this.#get('SELECT body, blob, bytes FROM payload WHERE id = ?', row) as MessageRow,
    );
  }

  /**
   * Newest processes that have other messages than they should; with the step whose output is missing. What should be
   * there: what the start emitted plus what each step says it emitted, and, once a process ended, nothing open.
   */
  #audit(limit: number): Answers['audit'] {
    const ofMessages = "FROM message m WHERE m.id > r.id || '.' AND m.id < r.id || '/'";
    const ofTrails = 'FROM trail t WHERE t.process = r.id';
    const suspects = this.#all<AuditRow>(
      `SELECT * FROM (
         SELECT r.id, r.topology, r.version, r.start_node, r.status,
           (SELECT count(*) ${ofMessages} AND m.state < 5) AS open,
           (SELECT count(*) ${ofMessages}) + (SELECT coalesce(sum(t.count), 0) ${ofTrails}) AS present,
           r.emitted + (SELECT coalesce(sum(m.emitted), 0) ${ofMessages}) + (SELECT coalesce(sum(t.emitted), 0) ${ofTrails}) AS expected
         FROM (SELECT * FROM process ORDER BY id DESC LIMIT ?) r)
       WHERE present <> expected OR (status IN (1, 2) AND open > 0)`,
      limit,
    );
    return suspects.map((process) => ({ process, missing: this.#missing(process.id) }));
  }

  /** The first step of a process that emitted more than is there. */
  #missing(process: string): Answers['audit'][number]['missing'] {
    const steps = this.#steps(process, 0, Number.MAX_SAFE_INTEGER);
    const found = new Map<string, number>();
    for (const { parent } of steps) if (parent !== null) found.set(parent, (found.get(parent) ?? 0) + 1);
    const step = steps.find(({ id, emitted }) => emitted > (found.get(id) ?? 0));
    return step ? { parent: step.id, queue: step.queue, emitted: step.emitted, found: found.get(step.id) ?? 0 } : null;
  }

  #withAttempts(steps: StepRow[]): StepRows {
    const attempts = steps.flatMap(({ id }) =>
      this.#all<AttemptRow>('SELECT * FROM attempt WHERE message = ? ORDER BY rowid', id),
    );
    const joined = steps.flatMap(({ id }) =>
      this.#all<JoinedRow>('SELECT message, part FROM joined WHERE message = ? ORDER BY ordinal', id),
    );
    return { steps, attempts, joined };
  }

  #get(text: string, ...values: (string | number | null)[]): unknown {
    return this.#sql(text).get(...values);
  }

  #all<T>(text: string, ...values: (string | number | null)[]): T[] {
    return this.#sql(text).all(...values) as T[];
  }

  #sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }
}
