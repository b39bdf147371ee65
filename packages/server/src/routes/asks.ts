import { ASK_PATH, SluiceError } from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const askRoutes: Routes = (app, { integration }) => {
  app.post(
    ASK_PATH,
    {
      config: { scope: 'worker:ask' },
      schema: describe({
        summary: 'What an http worker asks: an install, a fresh token, storage',
        tag: 'workers',
        body: z.looseObject({ ask: z.string().max(100) }),
      }),
    },
    async ({ identity, body }) => {
      if (!identity?.worker) throw new SluiceError('auth.not_a_worker', {});
      return { value: await integration.asks.answer(identity.worker, body) };
    },
  );
};
