import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStores } from '../../sqlite.ts';
import { storeContract } from '../../testing/store.contract.ts';

storeContract({
  name: 'sqlite',
  async open() {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-store-'));
    const opened = {
      stores: await sqliteStores({ directory }),
      async restart() {
        await opened.stores.close();
        opened.stores = await sqliteStores({ directory });
      },
      async close() {
        await opened.stores.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
    return opened;
  },
});
