// PostgreSQL: a pool of connections for each install.

import { accountForm, connectionForm, field, type Install, type Verdict } from '@sluice/sdk';
import { SqlApplication } from '@sluice/toolkit-sql';
import type { PostgreSqlClient } from './driver/client.ts';
import { dialect } from './driver/dialect.ts';
import { verdictOf } from './driver/verdict.ts';
import { logo } from './logo.ts';

export const PORT = 5432;

export class PostgreSql extends SqlApplication<PostgreSqlClient> {
  readonly key: string = 'postgresql';
  readonly name: string = 'PostgreSQL';
  override readonly description: string =
    'Queries, batches of rows, inserts, upserts and transactions on a PostgreSQL database. Values are bound, never put into the text of a statement.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://www.postgresql.org';
  override readonly dialect = dialect;
  protected override readonly versionQuery = 'SELECT version()';
  override readonly forms = [
    connectionForm({
      port: PORT,
      fields: [
        field.text('database', 'Database', { required: true, maxLength: 128 }),
        field.number('connections', 'Connections at most', { default: 5, minimum: 1, maximum: 100 }),
        field.number('timeoutS', 'Seconds for one statement', { default: 30, minimum: 1, maximum: 3_600 }),
      ],
    }),
    accountForm({ required: true }),
  ];

  async open(install: Install): Promise<PostgreSqlClient> {
    const { PostgreSqlClient } = await import('./driver/client.ts');
    return PostgreSqlClient.open(install, this.timeoutOf(install), PORT);
  }

  close(client: PostgreSqlClient): Promise<void> {
    return client.close();
  }

  override verdict(error: unknown): Verdict | null {
    return verdictOf(this.name, error);
  }
}
