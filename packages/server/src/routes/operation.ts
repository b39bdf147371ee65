// What operators look at: when what starts by itself, and how full limits are.

import { LimitView, pageOf, ScheduleView } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const UPCOMING = 5;
const tag = 'operation';

export const operationRoutes: Routes = (app, { engine }) => {
  app.get(
    '/api/v1/schedules',
    {
      config: { scope: 'topology:read' },
      schema: describe({ summary: 'Cron starts with their next times', tag, answer: pageOf(ScheduleView) }),
    },
    async () => ({
      items: engine.schedules
        .list()
        .map((schedule) => ({ ...schedule, upcoming: engine.schedules.upcoming(schedule, UPCOMING) })),
      next: null,
    }),
  );

  app.get(
    '/api/v1/limits',
    {
      config: { scope: 'metrics:read' },
      schema: describe({ summary: 'How full limits are that are in use', tag, answer: pageOf(LimitView) }),
    },
    async () => ({
      items: engine.limits.fill().map(({ key, ...fill }) => ({ ...subjectOf(key), ...fill })),
      next: null,
    }),
  );
};

/** A key says what it is of: `AMOUNT/WINDOW/app:KEY/user:USER`, `…/node:TOPOLOGY/NODE`, `…/key:TEXT`. */
function subjectOf(key: string): Pick<LimitView, 'of' | 'name' | 'user'> {
  const subject = key.split('/').slice(2).join('/');
  if (subject.startsWith('node:')) return { of: 'node', name: subject.slice(5), user: null };
  if (subject.startsWith('key:')) return { of: 'key', name: subject.slice(4), user: null };
  const [, name = subject, user = null] = /^app:(.*?)(?:\/user:(.*))?$/s.exec(subject) ?? [];
  return { of: 'application', name, user: user ?? null };
}
