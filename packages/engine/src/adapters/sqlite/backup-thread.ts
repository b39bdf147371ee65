// Makes one backup and ends: neither readers nor messages wait for it.

import { parentPort, workerData } from 'node:worker_threads';
import { copyStore } from './backup.ts';

const { directory, file, now } = workerData as { directory: string; file: string; now: number };
parentPort!.postMessage(copyStore(directory, file, now));
