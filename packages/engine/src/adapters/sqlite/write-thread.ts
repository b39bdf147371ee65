// The one thread that writes. It takes groups of operations and answers each group after its sync.

import { parentPort, workerData } from 'node:worker_threads';
import { openWriter } from './database.ts';
import type { Op } from './operations.ts';
import { Writer } from './writer.ts';

const { directory, maxPages } = workerData as { directory: string; maxPages?: number };
const db = openWriter(directory, maxPages);
const writer = new Writer(db);
const port = parentPort!;

port.on('message', (ops: readonly Op[] | 'close') => {
  if (ops === 'close') {
    db.close();
    port.postMessage('closed');
    port.close();
    return;
  }
  port.postMessage(writer.apply(ops));
});
port.postMessage('open');
