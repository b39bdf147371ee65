import { SecretsRotated } from '@sluice/protocol';
import { describe } from '../http/schema.ts';
import type { Routes } from './parts.ts';

export const secretRoutes: Routes = (app, { integration, workers, gateway, notifications }) => {
  app.post(
    '/api/v1/secrets/rotate',
    {
      config: { scope: 'secret:rotate' },
      schema: describe({
        summary: 'Seal everything under the present master key; after that the former ones can go',
        tag: 'operation',
        answer: SecretsRotated,
      }),
    },
    async () => {
      const rotated = await integration.rotateSecrets();
      return {
        ...rotated,
        workers: await workers.rotateSecrets(),
        gateway: await gateway.rotateSecrets(),
        notifications: await notifications.rotateSecrets(),
      };
    },
  );
};
