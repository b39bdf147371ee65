// What routes work with.

import type { Engine, Log, RecordStore } from '@sluice/engine';
import type { Gateway } from '@sluice/gateway';
import type { Access } from '@sluice/identity';
import type { Integration } from '@sluice/integration';
import type { Notifications } from '@sluice/notifications';
import type { SettingView } from '@sluice/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { OidcCookie, SessionCookie } from '../auth/cookies.ts';
import type { OwnOrigin } from '../auth/same-origin.ts';
import type { Backups } from '../backup/backups.ts';
import type { Figures } from '../figures/figures.ts';
import type { RemoteCalls } from '../figures/remote-calls.ts';
import type { AuditTrail } from '../observe/audit.ts';
import type { WorkerRecords } from '../observe/logs.ts';
import type { WorkerRegistry } from '../workers/registry.ts';

export interface Parts {
  readonly engine: Engine;
  readonly records: RecordStore;
  readonly access: Access;
  readonly trail: AuditTrail;
  readonly cookie: SessionCookie;
  readonly oidcCookie: OidcCookie;
  readonly origin: OwnOrigin;
  /** For open routes that pages use. @throws SluiceError `auth.cross_site` when the page of another site sent it */
  readonly mustBeOwnPage: (request: FastifyRequest) => void;
  readonly workers: WorkerRegistry;
  readonly integration: Integration;
  readonly gateway: Gateway;
  readonly workerRecords: WorkerRecords;
  readonly remoteCalls: RemoteCalls;
  readonly figures: Figures;
  readonly notifications: Notifications;
  readonly settings: readonly SettingView[];
  /** Null: the store is backed up by its own means. */
  readonly backups: Backups | null;
  readonly metrics: Registry;
  readonly log: Log;
  /** Synchronous calls are answered. */
  readonly sync: boolean;
  /** Nobody but this machine can reach the server. */
  readonly loopbackOnly: boolean;
  /** Origins of pages that may use tools, beside those of this machine. */
  readonly mcpOrigins: readonly string[];
}

export type Routes = (app: FastifyInstance, parts: Parts) => void;
