import { AuditEntryView, AuditQuery, pageOf } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const auditRoutes: Routes = (app, { access, trail }) => {
  app.get<{ Querystring: AuditQuery }>(
    '/api/v1/audit',
    {
      config: { scope: 'audit:read' },
      schema: describe({
        summary: 'Who changed what, newest first',
        tag: 'people',
        query: AuditQuery,
        answer: pageOf(AuditEntryView),
      }),
    },
    async ({ query }) => {
      const { items, next } = await access.audit.list(query);
      return { items: items.map((row) => ({ ...row, title: trail.titleOf(row.act) })), next };
    },
  );
};
