// Makes one backup and ends: neither readers nor messages wait for it.

import { parentPort } from 'node:worker_threads';
import { copyStore } from './backup.ts';

parentPort!.once('message', ({ directory, file, now }: { directory: string; file: string; now: number }) =>
  parentPort!.postMessage(copyStore(directory, file, now)),
);
