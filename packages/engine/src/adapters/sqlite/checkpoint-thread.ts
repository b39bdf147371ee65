// Copies pages from the log of the file into the file, in a connection of its own, so that messages go on meanwhile.

import { parentPort, workerData } from 'node:worker_threads';
import { checkpoint, openWriter } from './database.ts';

const { directory } = workerData as { directory: string };
const db = openWriter(directory);
const port = parentPort!;

port.on('message', (request: 'copy' | 'close') => {
  if (request === 'copy') {
    checkpoint(db);
    port.postMessage('copied');
  } else {
    db.close();
    port.close();
  }
});
