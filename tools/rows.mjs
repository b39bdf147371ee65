// `npm run rows`: every row of the requirements with what the last test run says of it.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readResults, rowsOf } from './results.mjs';

const file = join(import.meta.dirname, '..', '.test-results', 'vitest.json');
if (!existsSync(file))
  spawnSync('npm', ['test'], { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
for (const { id, title, result } of rowsOf(readResults(file))) console.log(`${id} ${title} ${result}`);
