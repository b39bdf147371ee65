// Door of the standalone platform: engine, embedded store and server in one process.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CrashPoint, Engine, isolatedExpressions, type Log, systemClock, systemIds } from '@sluice/engine';
import { sqliteStores } from '@sluice/engine/sqlite';
import { WorkerDirectory } from '@sluice/engine/workers';
import { createServer } from '@sluice/server';
import type { Config } from './config.ts';
import { schemaForms } from './forms.ts';
import { keptSecret } from './kept-secret.ts';

export { type Config, ConfigError, describeConfig, readConfig } from './config.ts';

export interface Platform {
  readonly url: string;
  /** Where the gateway answers; the same unless it has a port of its own. */
  readonly gatewayUrl: string;
  readonly engine: Engine;
  readonly adminToken: string;
  /** File that holds the token, when the platform made it itself. */
  readonly adminTokenFile: string | null;
  /** For the first account, when whoever makes it is not at this machine; null when there is one. */
  readonly setupCode: string | null;
  /** Take nothing new, finish what is under way, close the store. */
  close(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Start everything, in order; on failure everything that was started is closed again.
 * @throws SluiceError `store.locked`, `store.newer`; an error of the network when the port is taken
 */
export async function startPlatform(config: Config, log: Log): Promise<Platform> {
  const stores = await sqliteStores({ directory: config.dataDirectory });
  const closers: (() => Promise<unknown>)[] = [() => stores.close()];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse()) await close();
  };
  try {
    const keptToken = config.adminToken === null ? keptSecret(config.dataDirectory, 'admin-token') : null;
    const adminToken = config.adminToken ?? keptToken!.value;
    const secretKey = config.secretKey ?? keptSecret(config.dataDirectory, 'secret-key').value;
    const expressions = isolatedExpressions();
    closers.push(() => expressions.close());
    const directory = new WorkerDirectory();
    const engine = new Engine({
      stores,
      workers: directory,
      expressions,
      forms: schemaForms,
      clock: systemClock,
      ids: systemIds,
      log,
      processes: config.processes,
      retention: { endedProcessesMs: config.retentionMs },
      ...(config.crash ? { crash: crashSwitch(config.crash) } : {}),
    });
    const server = await createServer({
      engine,
      records: stores.records,
      data: stores.data,
      audit: stores.audit,
      auditMs: config.auditMs,
      directory,
      adminToken,
      secretKey,
      formerSecretKeys: config.formerSecretKeys,
      ...(config.publicUrl === null ? {} : { publicUrl: config.publicUrl }),
      ...(config.oidc === null ? {} : { oidc: config.oidc }),
      log,
      sync: config.sync,
      gateway: config.gateway,
      ...(config.gatewayPort === null ? {} : { gatewayPort: config.gatewayPort }),
      ...(config.gatewayTls === null ? {} : { gatewayTls: config.gatewayTls }),
      ...(config.engineElsewhere ? { engineElsewhere: config.engineElsewhere } : {}),
      mcpOrigins: config.mcpOrigins,
      trustedProxies: config.trustedProxies,
      maxBodyBytes: config.maxBodyBytes,
      tokenCheckMs: config.tokenCheckMs,
      notificationLookMs: config.notificationLookMs,
      settings: config.settings,
      ...(stores.backup ? { backup: { make: (file) => stores.backup!(file), directory: config.dataDirectory } } : {}),
      adminDirectory: dirname(fileURLToPath(import.meta.resolve('@sluice/admin/web'))),
      loopbackOnly: LOOPBACK.has(config.host),
    });
    closers.push(
      () => engine.stop(),
      () => server.close(),
    );
    await engine.start();
    const url = await server.listen(config.port, config.host);
    return {
      url,
      gatewayUrl: server.gatewayUrl() ?? url,
      engine,
      adminToken,
      adminTokenFile: keptToken ? join(keptToken.file) : null,
      setupCode: server.setupCode,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** End this process as abruptly as a power cut would, at the n-th reach of a point. */
function crashSwitch({ point, count }: { point: string; count: number }): (reached: CrashPoint) => void {
  let left = count;
  return (reached) => {
    if (reached === point && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
