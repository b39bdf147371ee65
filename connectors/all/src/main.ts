#!/usr/bin/env node
// `npm run connectors`: a worker with all of them. It joins the platform at SLUICE_URL with SLUICE_TOKEN.

import { join } from '@sluice/sdk';
import { allConnectors } from './index.ts';

try {
  const link = join(await allConnectors());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void link.drain());
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
