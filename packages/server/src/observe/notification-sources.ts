// What rules of notifications look at, read from the parts of the platform.

import { X509Certificate } from 'node:crypto';
import type { Engine } from '@sluice/engine';
import type { TlsFiles } from '@sluice/gateway';
import type { Integration } from '@sluice/integration';
import type { Sources } from '@sluice/notifications';
import type { WorkerRegistry } from '../workers/registry.ts';

export interface SourceParts {
  readonly engine: Engine;
  readonly workers: Pick<WorkerRegistry, 'list'>;
  readonly integration: Pick<Integration, 'hosts'>;
  readonly gatewayTls: TlsFiles | undefined;
}

export function notificationSources({ engine, workers, integration, gatewayTls }: SourceParts): Sources {
  const certificates = gatewayTls
    ? [{ name: 'The certificate of the gateway', endsAt: Date.parse(new X509Certificate(gatewayTls.cert).validTo) }]
    : [];
  return {
    ledger: () => engine.ledger(),
    events: (after, limit) => engine.reads.events(after, limit),
    lastEventSeq: () => engine.reads.lastEventSeq(),
    workers: () => workers.list(),
    installs: () => integration.hosts.list({}),
    certificates: () => certificates,
  };
}
