// Brings what was committed from the write-ahead log of the file into the file, while the writing thread goes on.

import { parentPort } from 'node:worker_threads';
import { checkpoint, openWriter } from './database.ts';

parentPort!.on('message', (directory: string) => {
  const db = openWriter(directory);
  try {
    checkpoint(db);
  } finally {
    db.close();
  }
  parentPort!.postMessage('done');
});
