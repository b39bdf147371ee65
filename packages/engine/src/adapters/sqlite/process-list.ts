// A page of processes, newest first. Which rows are looked at is decided here, so that a filter that few match does not
// read all of them, and one that many match does not collect all of them.

import type { Statement } from './database.ts';
import type { ProcessRow } from './reader.ts';
import { STATUS } from './schema.ts';

/** What is asked; null asks nothing. */
export interface ProcessListQuery {
  readonly before: string | null;
  readonly limit: number;
  readonly topology: string | null;
  readonly status: number | null;
  readonly user: string | null;
  readonly replayOf: string | null;
  readonly businessKey: string | null;
  readonly parentId: string | null;
  readonly startedFrom: number | null;
  readonly startedTo: number | null;
}

type Sql = (text: string) => Statement;
type Condition = readonly [sql: string, value: string | number | null];

export const SELECT_PROCESS = `SELECT p.id, p.topology, p.version, p.start_node, p.user, p.status, p.total, p.done, p.failed, p.started_at, p.ended_at,
  p.replay_of, p.idempotency_key, l.business_key, l.parent, l.parent_message, l.relation, l.depth`;
/** So many of the newest are looked at before anything is collected: what is frequent fills its page with them. */
const NEAR = 1_000;
/** What is more frequent than this is met on the way from the newest. */
const FEW = 4_000;
/** So far a clock may have gone back while a process ran. */
const CLOCK_SLIP_MS = 60_000;

export function listProcesses(sql: Sql, q: ProcessListQuery): ProcessRow[] {
  if (isLed(q)) return select(sql, q);
  const near = sql(
    `SELECT id FROM process${where(asked('id < ?', q.before))} ORDER BY id DESC LIMIT 1 OFFSET ${NEAR}`,
  ).get(...(q.before === null ? [] : [q.before])) as { id: string } | undefined;
  const page = select(sql, q, asked('p.id > ?', near?.id ?? null));
  if (page.length >= q.limit || !near) return page;
  const among = candidates(sql, q);
  return select(sql, q, asked('p.id IN (SELECT value FROM json_each(?))', among && JSON.stringify(among)));
}

function select(sql: Sql, q: ProcessListQuery, narrower: readonly Condition[] = []): ProcessRow[] {
  const conditions: Condition[] = [
    ...asked('p.id < ?', q.before),
    ...asked('p.topology = ?', q.topology),
    // Said as the index of those that did not complete, or that of users, says it, or it would not be used.
    ...asked(endedBadly(q) ? 'p.status > 1 AND p.status = ?' : 'p.status = ?', q.status),
    ...asked(isLedByUser(q) ? "p.user <> 'default' AND p.user = ?" : 'p.user = ?', q.user),
    ...asked('p.replay_of = ?', q.replayOf),
    ...asked('p.started_at >= ?', q.startedFrom),
    ...asked('p.started_at < ?', q.startedTo),
    ...asked('l.business_key = ?', q.businessKey),
    ...asked('l.parent = ?', q.parentId),
    ...narrower,
  ];
  const from =
    q.businessKey === null && q.parentId === null
      ? 'process p LEFT JOIN lineage l ON l.process = p.id'
      : 'lineage l CROSS JOIN process p ON p.id = l.process';
  return sql(`${SELECT_PROCESS} FROM ${from}${where(conditions)} ORDER BY p.id DESC LIMIT ?`).all(
    ...conditions.map(([, value]) => value),
    q.limit,
  ) as unknown as ProcessRow[];
}

const endedBadly = ({ status }: ProcessListQuery): boolean => status !== null && status > STATUS.completed;

/** The index of users leads to them, unless that of something rarer does. */
const isLedByUser = (q: ProcessListQuery): boolean =>
  q.user !== null && q.user !== 'default' && !endedBadly(q) && q.replayOf === null;

/** An index in the order of the list leads to them. */
const isLed = (q: ProcessListQuery): boolean =>
  endedBadly(q) ||
  q.replayOf !== null ||
  q.businessKey !== null ||
  q.parentId !== null ||
  (isLedByUser(q) && !isNarrowed(q));

/** By what the index of ends holds. */
const isNarrowed = (q: ProcessListQuery): boolean =>
  q.topology !== null || q.status !== null || q.startedFrom !== null || q.startedTo !== null;

/**
 * Ids of all that may match, where they are few: of those that ended from the index of ends, which is far smaller than
 * the processes, and of those that run from what is open. Null where they are many, or nothing narrows them.
 */
function candidates(sql: Sql, q: ProcessListQuery): string[] | null {
  if (!isNarrowed(q)) return null;
  const ended: Condition[] = [
    ...asked('id < ?', q.before),
    ...asked('topology = ?', q.topology),
    ...asked('status = ?', q.status),
    // What started then ended later; so the index is entered where that begins.
    ...asked('ended_at >= ?', q.startedFrom && q.startedFrom - CLOCK_SLIP_MS),
    ...asked('started_at >= ?', q.startedFrom),
    ...asked('started_at < ?', q.startedTo),
  ];
  const found: string[] = [];
  const collect = (text: string, conditions: readonly Condition[]): void => {
    const values = conditions.map(([, value]) => value);
    const rows = sql(`${text} LIMIT ?`).all(...values, FEW + 1 - found.length) as unknown as { id: string }[];
    found.push(...rows.map(({ id }) => id));
  };
  if (q.status === null || q.status === STATUS.running)
    collect(
      `SELECT substr(m.id, 1, instr(m.id, '.') - 1) AS id FROM message m JOIN queue q ON q.id = m.queue${where([
        ['m.state < 5 AND m.state < 6', null],
        ...asked('q.topology = ?', q.topology),
      ])}`,
      asked('q.topology = ?', q.topology),
    );
  if (q.status !== STATUS.running && found.length <= FEW)
    collect(
      `SELECT id FROM process INDEXED BY process_ended${where([['ended_at IS NOT NULL', null], ...ended])}`,
      ended,
    );
  return found.length > FEW ? null : found;
}

const asked = (text: string, value: string | number | null): Condition[] => (value === null ? [] : [[text, value]]);

const where = (conditions: readonly Condition[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.map(([text]) => text).join(' AND ')}`;
