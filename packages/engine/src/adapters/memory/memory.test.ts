import { MemoryDisk, memoryStores } from '../../memory.ts';
import { storeContract } from '../../testing/store.contract.ts';

storeContract({
  name: 'memory',
  async open() {
    const disk = new MemoryDisk();
    const opened = {
      stores: memoryStores(disk),
      async restart() {
        opened.stores = memoryStores(disk);
      },
      async close() {},
    };
    return opened;
  },
});
