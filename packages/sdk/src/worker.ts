#!/usr/bin/env node
// `npx sluice-worker @acme/sluice-erp …`: a worker of connector packages that are installed here.
// It joins the platform at SLUICE_URL with SLUICE_TOKEN.

import { join, offerOf } from './index.ts';

const names = process.argv.slice(2);
if (names.length === 0) {
  console.error('Which packages? sluice-worker <package> …, each installed here by npm install <package>.');
  process.exit(2);
}
try {
  const link = join(await offerOf(names));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void link.drain());
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
