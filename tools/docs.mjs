// `npm run docs`: writes docs/reference and docs/patterns.md from the sources. A test asks that what is committed is what this writes.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './reference.mjs';

const folder = join(import.meta.dirname, '..', 'docs', 'reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(await pages())) writeFileSync(join(folder, name), text);
