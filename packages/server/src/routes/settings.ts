// The environment as it is in force, and a copy of everything.

import { pageOf, SettingView, SluiceError } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

const tag = 'operation';

export const settingRoutes: Routes = (app, { settings, backups }) => {
  app.get(
    '/api/v1/settings',
    {
      config: { scope: 'configuration:read' },
      schema: describe({ summary: 'The environment as it is in force', tag, answer: pageOf(SettingView) }),
    },
    async () => ({ items: [...settings], next: null }),
  );

  app.post(
    '/api/v1/backup',
    {
      config: { scope: 'backup:take' },
      schema: describe({ summary: 'A copy of everything as one file, made while all goes on', tag }),
    },
    async (_request, reply) => {
      if (!backups) throw new SluiceError('backup.elsewhere', {});
      const { made, stream } = await backups.take();
      const day = new Date(made.madeAt).toISOString().slice(0, 16).replace(/[T:]/g, '-');
      return reply
        .header('content-type', 'application/vnd.sqlite3')
        .header('content-length', made.bytes)
        .header('content-disposition', `attachment; filename="sluice-${day}.backup"`)
        .header('cache-control', 'no-store')
        .send(stream);
    },
  );
};
