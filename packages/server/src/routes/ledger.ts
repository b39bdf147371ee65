import { DiscrepancyView, LedgerView, pageOf } from '@sluice/protocol';
import { z } from 'zod';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const Query = z.object({ topology: z.string().max(200).optional() });

export const ledgerRoutes: Routes = (app, { engine }) => {
  app.get<{ Querystring: z.output<typeof Query> }>(
    '/api/v1/ledger',
    {
      config: { scope: 'ledger:read' },
      schema: describe({ summary: 'Where every message is', tag: 'operation', query: Query, answer: LedgerView }),
    },
    async (request) => engine.ledger(request.query.topology),
  );

  app.get(
    '/api/v1/ledger/audit',
    {
      config: { scope: 'ledger:read' },
      schema: describe({
        summary: 'Messages that are missing, named',
        tag: 'operation',
        answer: pageOf(DiscrepancyView),
      }),
    },
    async () => ({ items: await engine.reads.audit(10_000), next: null }),
  );
};
