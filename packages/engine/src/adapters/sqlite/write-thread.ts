// The one thread that writes. It takes groups of operations and answers each group after its sync.

import { parentPort, workerData } from 'node:worker_threads';
import { decodeOps, encodeReply } from './codec.ts';
import { openWriter } from './database.ts';
import { Writer } from './writer.ts';

const { directory, maxPages } = workerData as { directory: string; maxPages?: number };
const db = openWriter(directory, maxPages);
const writer = new Writer(db);
const port = parentPort!;

port.on('message', (group: unknown[] | 'close') => {
  if (group === 'close') {
    db.close();
    port.postMessage('closed');
    port.close();
    return;
  }
  port.postMessage(encodeReply(writer.apply(decodeOps(group))));
});
port.postMessage('open');
