// MySQL and MariaDB: a pool of connections for each install.

import { accountForm, connectionForm, field, type Install, type Verdict } from '@sluice/sdk';
import { SqlApplication } from '@sluice/toolkit-sql';
import type { MySqlClient } from './driver/client.ts';
import { dialect } from './driver/dialect.ts';
import { verdictOf } from './driver/verdict.ts';
import { logo } from './logo.ts';

const PORT = 3306;

export class MySql extends SqlApplication<MySqlClient> {
  readonly key: string = 'mysql';
  readonly name: string = 'MySQL and MariaDB';
  override readonly description: string =
    'Queries, batches of rows, inserts, upserts and transactions on a MySQL or MariaDB database. Values are bound, never put into the text of a statement.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://mariadb.org';
  override readonly dialect = dialect;
  protected override readonly versionQuery = "SELECT CONCAT(@@version_comment, ' ', @@version)";
  override readonly forms = [
    connectionForm({
      port: PORT,
      fields: [
        field.text('database', 'Database', { required: true, maxLength: 64 }),
        field.number('connections', 'Connections at most', { default: 5, minimum: 1, maximum: 100 }),
        field.number('timeoutS', 'Seconds for one statement', { default: 30, minimum: 1, maximum: 3_600 }),
      ],
    }),
    accountForm({ required: true }),
  ];

  async open(install: Install): Promise<MySqlClient> {
    const { MySqlClient } = await import('./driver/client.ts');
    return MySqlClient.open(install, PORT);
  }

  close(client: MySqlClient): Promise<void> {
    return client.close();
  }

  override verdict(error: unknown): Verdict | null {
    return verdictOf(this.name, error);
  }
}
