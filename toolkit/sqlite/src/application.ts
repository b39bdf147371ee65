// SQLite: files below one folder, which the operator of the worker opens.

import { Folder, field, form, type Install, type Verdict } from '@sluice/sdk';
import { SqlApplication } from '@sluice/toolkit-sql';
import type { SqliteClient } from './driver/client.ts';
import { dialect } from './driver/dialect.ts';
import { verdictOf } from './driver/verdict.ts';
import { logo } from './logo.ts';

export class Sqlite extends SqlApplication<SqliteClient> {
  readonly key: string = 'sqlite';
  readonly name: string = 'SQLite';
  override readonly description: string =
    'Queries, batches of rows, inserts, upserts and transactions on SQLite files below the folder that the operator of the worker opens.';
  override readonly logo: string = logo;
  override readonly website: string = 'https://sqlite.org';
  override readonly dialect = dialect;
  protected override readonly versionQuery = "SELECT 'SQLite ' || sqlite_version()";
  override readonly forms = [
    form('connection', 'Database', [
      field.text('file', 'File', { required: true, maxLength: 1_000, placeholder: 'shop.db' }),
      field.checkbox('create', 'Make the file when it is not there'),
      field.checkbox('readOnly', 'Only read'),
    ]),
  ];
  readonly #folder: Folder;

  /** @param folder  default: the one of `SLUICE_FILES_ROOT` */
  constructor(folder: Folder = new Folder()) {
    super();
    this.#folder = folder;
  }

  async open(install: Install): Promise<SqliteClient> {
    const { SqliteClient } = await import('./driver/client.ts');
    const path = await this.#folder.path(install.text('connection', 'file'));
    return SqliteClient.open(path, {
      create: install.value('connection', 'create') === true,
      readOnly: install.value('connection', 'readOnly') === true,
    });
  }

  close(client: SqliteClient): void {
    client.close();
  }

  override verdict(error: unknown): Verdict | null {
    return verdictOf(this.name, error);
  }
}
