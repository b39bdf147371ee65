// Tables, and the steps that lead from one form of them to the next.
//
// States are numbers so that "still alive" is a range: everything below DONE is somewhere in the ledger, everything
// below HELD takes part in its ordering key.

import type { MessageState } from '../../core/message.ts';
import type { ProcessStatus } from '../../core/step.ts';

export const STATES = [
  'ready',
  'blocked',
  'delayed',
  'limited',
  'held',
  'trash',
  'done',
] as const satisfies readonly MessageState[];
export const STATE: Readonly<Record<MessageState, number>> = {
  ready: 0,
  blocked: 1,
  delayed: 2,
  limited: 3,
  held: 4,
  trash: 5,
  done: 6,
};

/** A step that takes its message from wherever it is. */
export const ANYWHERE = -1;

export const STATUSES = ['running', 'completed', 'failed', 'cancelled'] as const satisfies readonly ProcessStatus[];
export const STATUS: Readonly<Record<ProcessStatus, number>> = { running: 0, completed: 1, failed: 2, cancelled: 3 };

/** The tables before had no trails: what these hold becomes rows again. Places in a step are those of `TrailStep`. */
const TRAILS_TO_ROWS = `
  CREATE TEMP TABLE step AS
    SELECT s.value AS v, s.value ->> 17 AS content, json_type(s.value, '$[17]') = 'array' AS inline,
      substr(t.contents, (s.value ->> '$[17][0]') + 1, s.value ->> '$[17][1]') AS text,
      (SELECT coalesce(max(id), 0) FROM payload) + row_number() OVER (ORDER BY t.id, s.key) AS row
    FROM trail t, json_each(t.steps) s;
  INSERT INTO payload (id, body, bytes) SELECT row, CAST(text AS TEXT), length(text) FROM step WHERE inline;
  INSERT INTO message (seq, id, queue, state, pos, parent, user, headers, content_type, payload, attempt, cursor, same_cursor,
      arrived_at, process_started_at, changed_at, duration_ms, emitted, result, reason)
    SELECT v ->> 0, v ->> 1, v ->> 2, 6, 0, v ->> 3, v ->> 4, v ->> 5, v ->> 6, iif(inline, row, content), v ->> 7, v ->> 8, v ->> 9,
      v ->> 10, v ->> 11, v ->> 12, v ->> 13, v ->> 14, v ->> 15, v ->> 16
    FROM step;
  DROP TABLE step;
`;

/** The tables before had a row for whatever a process began with. Places in a step are those of `TrailStep`. */
const ORIGINS_TO_ROWS = `
  CREATE TEMP TABLE origin AS
    SELECT r.id AS process, (SELECT payload FROM redo) + row_number() OVER (ORDER BY r.id) AS row,
      substr(t.contents, (t.steps ->> ('$[' || (-1 - r.payload) || '][17][0]')) + 1, t.steps ->> ('$[' || (-1 - r.payload) || '][17][1]')) AS text
    FROM process r JOIN trail t ON t.process = r.id WHERE r.payload < 0;
  INSERT INTO payload (id, body, bytes) SELECT row, CAST(text AS TEXT), length(text) FROM origin;
  UPDATE process SET payload = (SELECT row FROM origin o WHERE o.process = process.id) WHERE payload < 0;
  UPDATE redo SET payload = payload + (SELECT count(*) FROM origin);
  DROP TABLE origin;
`;

/** One entry per schema version, each with the way back (B14). */
export const MIGRATIONS: readonly { readonly up: string; readonly down: string }[] = [
  {
    up: `
      CREATE TABLE queue (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        topology TEXT NOT NULL,
        accepted INTEGER NOT NULL DEFAULT 0,
        emitted INTEGER NOT NULL DEFAULT 0,
        finished INTEGER NOT NULL DEFAULT 0
      );
      CREATE TABLE payload (
        id INTEGER PRIMARY KEY,
        body,
        blob TEXT,
        bytes INTEGER NOT NULL
      );
      CREATE TABLE message (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        queue INTEGER NOT NULL,
        state INTEGER NOT NULL,
        pos INTEGER NOT NULL,
        parent TEXT,
        user TEXT NOT NULL,
        headers TEXT NOT NULL,
        content_type TEXT NOT NULL,
        payload INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        cursor TEXT,
        same_cursor INTEGER NOT NULL,
        ordering_key TEXT,
        due_at INTEGER,
        limit_key TEXT,
        arrived_at INTEGER NOT NULL,
        process_started_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        duration_ms INTEGER,
        emitted INTEGER NOT NULL DEFAULT 0,
        result TEXT,
        code TEXT,
        reason TEXT
      );
      CREATE INDEX message_live ON message (queue, state, pos) WHERE state < 6;
      CREATE INDEX message_order ON message (queue, ordering_key, seq) WHERE ordering_key IS NOT NULL AND state < 4;
      CREATE INDEX message_due ON message (due_at) WHERE state = 2;
      CREATE INDEX message_limited ON message (limit_key, user, pos) WHERE state = 3;
      CREATE INDEX message_waiting ON message (state, seq) WHERE state > 1 AND state < 6;
      CREATE TABLE process (
        id TEXT PRIMARY KEY,
        topology TEXT NOT NULL,
        version INTEGER NOT NULL,
        start_node TEXT NOT NULL,
        user TEXT NOT NULL,
        status INTEGER NOT NULL,
        total INTEGER NOT NULL,
        done INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        open INTEGER NOT NULL,
        emitted INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        replay_of TEXT,
        idempotency_key TEXT,
        body_digest TEXT,
        payload INTEGER NOT NULL,
        headers TEXT NOT NULL,
        content_type TEXT NOT NULL,
        answer TEXT,
        answer_payload INTEGER
      ) WITHOUT ROWID;
      CREATE UNIQUE INDEX process_key ON process (topology, idempotency_key) WHERE idempotency_key IS NOT NULL;
      CREATE INDEX process_ended ON process (ended_at) WHERE ended_at IS NOT NULL;
      CREATE INDEX process_replay ON process (replay_of) WHERE replay_of IS NOT NULL;
      CREATE TABLE attempt (
        message TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        at INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        code TEXT NOT NULL,
        reason TEXT NOT NULL
      );
      CREATE INDEX attempt_message ON attempt (message);
      CREATE TABLE event (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        type TEXT NOT NULL,
        topology TEXT NOT NULL,
        process TEXT NOT NULL,
        node TEXT,
        message TEXT
      );
      CREATE TABLE permit (key TEXT NOT NULL, at INTEGER NOT NULL);
      CREATE INDEX permit_key ON permit (key, at);
      CREATE TABLE record (
        collection TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (collection, key)
      ) WITHOUT ROWID;
    `,
    down: `
      DROP TABLE record; DROP TABLE permit; DROP TABLE event; DROP TABLE attempt;
      DROP TABLE process; DROP TABLE message; DROP TABLE payload; DROP TABLE queue;
    `,
  },
  {
    up: `
      CREATE TABLE redo (number INTEGER NOT NULL, seq INTEGER NOT NULL, pos INTEGER NOT NULL, payload INTEGER NOT NULL);
      INSERT INTO redo SELECT 0,
        (SELECT coalesce(max(seq), 0) FROM message),
        (SELECT coalesce(max(pos), 0) FROM message),
        (SELECT coalesce(max(id), 0) FROM payload);
      CREATE TABLE cancelling (process TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE trail (
        id INTEGER PRIMARY KEY,
        process TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        count INTEGER NOT NULL,
        emitted INTEGER NOT NULL,
        steps TEXT NOT NULL,
        contents BLOB NOT NULL
      );
      CREATE INDEX trail_process ON trail (process, first);
    `,
    down: `${TRAILS_TO_ROWS} DROP TABLE redo; DROP TABLE cancelling; DROP TABLE trail;`,
  },
  {
    // What few messages need stands beside them, so that the others pay nothing for it.
    up: `
      CREATE TABLE lineage (
        process TEXT PRIMARY KEY,
        business_key TEXT,
        parent TEXT,
        parent_message TEXT,
        relation TEXT,
        depth INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX lineage_parent ON lineage (parent, process) WHERE parent IS NOT NULL;
      CREATE INDEX lineage_business_key ON lineage (business_key, process) WHERE business_key IS NOT NULL;
      CREATE TABLE timer (
        id TEXT PRIMARY KEY,
        of TEXT NOT NULL,
        due_at INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX timer_due ON timer (due_at);
      CREATE TABLE part (
        ordinal INTEGER PRIMARY KEY,
        message TEXT NOT NULL UNIQUE,
        collection TEXT NOT NULL,
        place TEXT
      );
      CREATE INDEX part_collection ON part (collection, ordinal);
      CREATE TABLE closed_collection (
        id TEXT PRIMARY KEY,
        process TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX closed_collection_process ON closed_collection (process);
      CREATE TABLE joined (
        message TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        part TEXT NOT NULL,
        PRIMARY KEY (message, ordinal)
      ) WITHOUT ROWID;
    `,
    // The version before knows no called processes: what waits for one waits for a person there.
    down: `
      UPDATE message SET state = 4, result = 'held', reason = 'waited for a called process', cursor = NULL, due_at = NULL
        WHERE state = 2 AND result = 'call';
      UPDATE message SET result = 'held' WHERE state = 4;
      DROP TABLE joined; DROP TABLE closed_collection; DROP TABLE part; DROP TABLE timer; DROP TABLE lineage;
    `,
  },
  {
    // Names are bytes: text that holds a NUL is cut there on its way in. UTF-8 sorts by code points, and no byte of it is FF,
    // so all names that begin with P lie between P and P FF.
    up: `
      CREATE TABLE data_number (last INTEGER NOT NULL);
      INSERT INTO data_number VALUES (0);
      CREATE TABLE data_entry (
        space BLOB NOT NULL,
        key BLOB NOT NULL,
        value TEXT NOT NULL,
        revision INTEGER NOT NULL,
        expires_at INTEGER,
        PRIMARY KEY (space, key)
      );
      CREATE INDEX data_entry_expiry ON data_entry (expires_at) WHERE expires_at IS NOT NULL;
      CREATE TABLE data_collection (
        id INTEGER PRIMARY KEY,
        space BLOB,
        name BLOB,
        items INTEGER NOT NULL,
        expires_at INTEGER
      );
      CREATE UNIQUE INDEX data_collection_name ON data_collection (space, name) WHERE space IS NOT NULL;
      CREATE INDEX data_collection_expiry ON data_collection (expires_at) WHERE expires_at IS NOT NULL;
      CREATE INDEX data_collection_dropped ON data_collection (id) WHERE space IS NULL;
      CREATE TABLE data_item (
        position INTEGER PRIMARY KEY,
        collection INTEGER NOT NULL,
        value TEXT NOT NULL
      );
      CREATE INDEX data_item_collection ON data_item (collection, position);
      CREATE TABLE data_lease (
        space BLOB NOT NULL,
        key BLOB NOT NULL,
        holder BLOB NOT NULL,
        fence INTEGER NOT NULL,
        until INTEGER NOT NULL,
        PRIMARY KEY (space, key)
      );
      CREATE INDEX data_lease_until ON data_lease (until);
    `,
    down: `
      DROP TABLE data_lease; DROP TABLE data_item; DROP TABLE data_collection; DROP TABLE data_entry; DROP TABLE data_number;
    `,
  },
  {
    up: `
      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        who TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        act TEXT NOT NULL,
        object TEXT NOT NULL,
        before TEXT,
        after TEXT,
        outcome TEXT NOT NULL,
        status INTEGER NOT NULL,
        code TEXT
      );
      CREATE INDEX audit_who ON audit (who, seq);
      CREATE INDEX audit_object ON audit (object, seq);
      CREATE INDEX audit_at ON audit (at);
    `,
    down: 'DROP TABLE audit;',
  },
  {
    // What is counted by time stands in the index, so that nothing but the index is read for it.
    up: `
      DROP INDEX process_ended;
      CREATE INDEX process_ended ON process (ended_at, topology, status, started_at) WHERE ended_at IS NOT NULL;
    `,
    down: `
      DROP INDEX process_ended;
      CREATE INDEX process_ended ON process (ended_at) WHERE ended_at IS NOT NULL;
    `,
  },
  {
    // Only of those that did not complete, so that the others pay nothing for it. In the order of the list.
    up: 'CREATE INDEX process_failed ON process (status, id) WHERE status > 1;',
    down: 'DROP INDEX process_failed;',
  },
  {
    // Only of those that somebody is named for, so that the others pay nothing for it. In the order of the list.
    up: "CREATE INDEX process_user ON process (user, id) WHERE user <> 'default';",
    down: 'DROP INDEX process_user;',
  },
  {
    // No table changes: what a process began with may stand in its trail (`placeInTrail`).
    up: '',
    down: ORIGINS_TO_ROWS,
  },
];
