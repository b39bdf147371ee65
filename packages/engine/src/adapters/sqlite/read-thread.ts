// The thread that reads, so that no question of a person or a program holds up the messages.

import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from './database.ts';
import { type Query, Reader } from './reader.ts';

const { directory } = workerData as { directory: string };
const db = openReader(directory);
const reader = new Reader(db);
const port = parentPort!;

port.on('message', (request: { id: number; query: Query } | { do: 'close' }) => {
  if ('do' in request) {
    db.close();
    port.close();
    return;
  }
  try {
    port.postMessage({ id: request.id, ok: reader.ask(request.query) });
  } catch (error) {
    port.postMessage({ id: request.id, failed: error instanceof Error ? error.message : String(error) });
  }
});
port.postMessage('open');
