// Every folder of topologies/golden runs on every adapter as its journal says. `SLUICE_UPDATE=1 npm test -- golden` writes the
// journals anew, from the store in memory; read the difference before you commit it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sqliteStores } from '@sluice/engine/sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { checkGolden } from './check.ts';
import { goldenFolders } from './folder.ts';

const ROOT = fileURLToPath(new URL('../../../../topologies/golden/', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'sluice-golden-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ADAPTERS = {
  memory: () => ({ update: process.env.SLUICE_UPDATE === '1' }),
  sqlite: (name: string) => ({ openStores: () => sqliteStores({ directory: join(directory, name) }) }),
};

describe('golden topologies', () => {
  for (const [adapter, options] of Object.entries(ADAPTERS))
    for (const folder of goldenFolders(ROOT))
      test(`golden: ${basename(folder)} runs on ${adapter} as its journal says`, async () => {
        const check = await checkGolden(folder, options(basename(folder)));
        if (check.result === 'broken') throw check.error;
        if (check.result === 'different') expect.fail(check.difference);
        expect(readFileSync(join(folder, 'journal.txt'), 'utf8')).toMatch(/, balanced\n/);
      }, 120_000);
});
