import type { AuditEntry, AuditFilter, AuditRow, AuditStore } from '../../ports/audit-store.ts';
import type { Database } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import type { AuditCopy } from './operations.ts';
import type { ReadClient } from './read-client.ts';
import type { Tables } from './write/tables.ts';

export interface AuditTableRow {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly who: string;
  readonly name: string;
  readonly address: string;
  readonly act: string;
  readonly object: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly outcome: string;
  readonly status: number;
  readonly code: string | null;
}

export function sqliteAudit(writes: GroupCommit, reads: ReadClient): AuditStore {
  return {
    async append({ before, after, ...entry }: AuditEntry): Promise<void> {
      await writes.run({ op: 'audit', entry: { ...entry, before: textOf(before), after: textOf(after) } });
    },
    async list(filter, limit, below = Number.MAX_SAFE_INTEGER) {
      return (await reads.ask({ ask: 'auditRows', filter, limit, below })).map(rowOf);
    },
    async forget({ before, keep }, max) {
      return (await writes.run({ op: 'forgetAudit', before, keep, max })).count ?? 0;
    },
  };
}

const textOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
const stateOf = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

function rowOf({ kind, who, name, before, after, outcome, ...row }: AuditTableRow): AuditRow {
  return {
    ...row,
    who: { kind: kind as AuditRow['who']['kind'], id: who, name },
    before: stateOf(before),
    after: stateOf(after),
    outcome: outcome as AuditRow['outcome'],
  };
}

/** In the writing thread. */
export function appendAudit(t: Tables, { who, ...entry }: AuditCopy): void {
  t.sql(
    `INSERT INTO audit (at, kind, who, name, address, act, object, before, after, outcome, status, code)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    entry.at,
    who.kind,
    who.id,
    who.name,
    entry.address,
    entry.act,
    entry.object,
    entry.before,
    entry.after,
    entry.outcome,
    entry.status,
    entry.code,
  );
}

/** In the writing thread. @returns how many were forgotten */
export function forgetAudit(t: Tables, before: number, keep: number, max: number): number {
  const { changes } = t
    .sql(
      `DELETE FROM audit WHERE seq IN (
         SELECT seq FROM audit WHERE at < ?1 OR seq <= (SELECT max(seq) FROM audit) - ?2 ORDER BY seq LIMIT ?3)`,
    )
    .run(before, keep, max);
  return Number(changes);
}

/** In the reading thread. */
export function readAudit(
  db: Database,
  { who, act, object, outcome, from, to }: AuditFilter,
  limit: number,
  below: number,
): AuditTableRow[] {
  const wanted: [string, string | number | undefined][] = [
    ['seq < ?', below],
    ['who = ?', who],
    ['act = ?', act],
    ['outcome = ?', outcome],
    ['at >= ?', from],
    ['at < ?', to],
    // All names that begin with "a/" lie between it and "a0".
    ...(object?.endsWith('/')
      ? ([
          ['object >= ?', object],
          ['object < ?', `${object.slice(0, -1)}0`],
        ] as [string, string][])
      : ([['object = ?', object]] as [string, string | undefined][])),
  ];
  const given = wanted.filter(([, value]) => value !== undefined) as [string, string | number][];
  const where = given.map(([condition]) => condition).join(' AND ');
  return db
    .prepare(`SELECT * FROM audit WHERE ${where} ORDER BY seq DESC LIMIT ?`)
    .all(...given.map(([, value]) => value), limit) as unknown as AuditTableRow[];
}
