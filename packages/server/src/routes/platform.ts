// Which platform this is. A plan made for one is not carried out on another that happens to have its address.

import { randomUUID } from 'node:crypto';
import { PlatformView } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const PLATFORM = 'platform';

export const platformRoutes: Routes = (app, { records }) => {
  let known: Promise<PlatformView> | undefined;

  async function identify(): Promise<PlatformView> {
    const stored = await records.get<PlatformView>(PLATFORM, 'identity');
    if (stored) return stored;
    const made = { id: randomUUID() };
    await records.write([{ collection: PLATFORM, key: 'identity', value: made }]);
    return made;
  }

  app.get(
    '/api/v1/platform',
    {
      config: { scope: 'topology:read' },
      schema: describe({ summary: 'Which platform this is', tag: 'operation', answer: PlatformView }),
    },
    () => {
      known ??= identify().catch((error) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  );
};
