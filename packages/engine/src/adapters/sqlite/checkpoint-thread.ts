// Brings what was committed from the write-ahead log of the file into the file, while the writing thread goes on.

import { workerData } from 'node:worker_threads';
import { checkpoint, openWriter } from './database.ts';

const db = openWriter(workerData as string);
try {
  checkpoint(db);
} finally {
  db.close();
}
