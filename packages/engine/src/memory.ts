// Door of the store in memory: the executable specification, for tests and trials. Nothing survives the process.

import { memoryAudit } from './adapters/memory/audit-store.ts';
import { memoryData } from './adapters/memory/data-store.ts';
import { MemoryDisk } from './adapters/memory/disk.ts';
import { MemoryMessageStore } from './adapters/memory/message-store.ts';
import { memoryReadModel } from './adapters/memory/read-model.ts';
import { memoryBlobs, memoryLimits, memoryRecords } from './adapters/memory/small-stores.ts';
import type { Stores } from './ports/stores.ts';

export { MemoryDisk } from './adapters/memory/disk.ts';

/** @param disk  give the same one again to play a restart: leases are void, everything else is as committed */
export function memoryStores(disk = new MemoryDisk()): Stores {
  const messages = new MemoryMessageStore(disk);
  return {
    messages,
    reads: memoryReadModel(disk, (id) => messages.isLeased(id)),
    limits: memoryLimits(disk),
    records: memoryRecords(disk),
    data: memoryData(disk),
    blobs: memoryBlobs(disk),
    audit: memoryAudit(disk),
    trouble: () => null,
    async close() {},
  };
}
