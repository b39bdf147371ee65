// A change that is made once, however often its message is repeated: the key of the message is written in the same
// transaction.

import type { SqlClient, SqlResult, StatementOptions } from '../client.ts';
import { type Dialect, quotedColumn } from '../dialect.ts';

/** Table with the keys of what was done; rows that are older than the repeats of a process may be deleted. */
export const LEDGER = 'sluice_done';

/** @returns null when it was done before */
export async function once(
  { client, dialect, key, options }: { client: SqlClient; dialect: Dialect; key: string; options: StatementOptions },
  work: (run: SqlClient['run']) => Promise<readonly SqlResult[]>,
): Promise<readonly SqlResult[] | null> {
  // Outside of the transaction: some databases commit when a table is made.
  await client.run({ sql: dialect.ledger, parameters: [] }, options);
  const id = quotedColumn(dialect, 'id');
  const sql = `INSERT INTO ${quotedColumn(dialect, LEDGER)} (${id}) VALUES (${dialect.placeholder(1)}) ${dialect.ignore([id])}`;
  return client.transaction(async (run) => {
    const { count } = await run({ sql, parameters: [key] }, options);
    return count === 0 ? null : work(run);
  });
}
