// `npm start`: read the environment, start, say where everything is, stop cleanly.

import { setFlagsFromString } from 'node:v8';
import { ADMIN_PATH, SluiceError } from '@sluice/protocol';
import { pino } from 'pino';
import { ConfigError, type Platform, readConfig, startPlatform } from './index.ts';
import { YOUNG_AS_GIVEN } from './launch.ts';

setFlagsFromString(YOUNG_AS_GIVEN);

const EXIT = { fine: 0, ours: 1, input: 2, environment: 3 } as const;

async function main(): Promise<void> {
  // Who reads what is printed may be gone before the platform is; that is no reason to break off its work.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const config = readConfig(process.env);
  const logger = pino(
    {
      level: config.logLevel,
      redact: { paths: ['*.authorization', '*.token', '*.password', 'headers'], censor: '***' },
    },
    pino.destination({ fd: 2, sync: true }),
  );
  const log = {
    info: (message: string, fields = {}) => logger.info(withError(fields), message),
    warn: (message: string, fields = {}) => logger.warn(withError(fields), message),
    error: (message: string, fields = {}) => logger.error(withError(fields), message),
  };

  const platform = await startPlatform(config, log);
  const print = (line = ''): void => void process.stdout.write(`${line}\n`);
  // Before anybody is told that it is ready: whoever reads that may stop it in the same instant.
  let stopDemo: (() => Promise<void>) | null = null;
  stopOnSignal(print, async () => {
    await stopDemo?.();
    await platform.close();
  });

  print(`Sluice is ready at ${platform.url}`);
  print(`  Admin    ${platform.url}${ADMIN_PATH}`);
  print(`  API      ${platform.url}/api/v1   (description: /api/v1/openapi.json)`);
  if (platform.gatewayUrl !== platform.url) print(`  Gateway  ${platform.gatewayUrl}`);
  print(`  Token    ${platform.adminTokenFile ? `in ${platform.adminTokenFile}` : 'as given in SLUICE_ADMIN_TOKEN'}`);
  print(`  Data     ${config.dataDirectory}`);
  if (platform.setupCode !== null)
    print(
      `  Set-up   ${platform.url}${ADMIN_PATH} makes the first account; from another machine with the code ${platform.setupCode}`,
    );

  if (config.demo && config.processes) stopDemo = await startDemo(platform, config.dataDirectory, print);
}

/** The demo is a guest: whatever happens to it, the platform goes on. */
async function startDemo(
  platform: Platform,
  dataDirectory: string,
  print: (line?: string) => void,
): Promise<(() => Promise<void>) | null> {
  try {
    const { startDemo: start } = await import('@sluice/example-new-order');
    const { url, adminToken, adminTokenFile } = platform;
    return await start({
      url,
      adminToken,
      tokenShown: adminTokenFile ? `$(cat ${adminTokenFile})` : '$SLUICE_ADMIN_TOKEN',
      stateDirectory: dataDirectory,
      print,
    });
  } catch (error) {
    print(`The demo could not run: ${(error as Error).message}`);
    print('The platform goes on without it. SLUICE_DEMO=0 starts empty.');
    return null;
  }
}

function stopOnSignal(print: (line?: string) => void, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(EXIT.ours);
    stopping = true;
    print('Stopping: steps under way are finished, the rest waits on disk. Again to stop at once.');
    stop().then(
      () => process.exit(EXIT.fine),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(EXIT.ours);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

function withError(fields: Record<string, unknown>): Record<string, unknown> {
  const { error, ...rest } = fields;
  return error === undefined ? rest : { ...rest, err: error };
}

main().catch((error: unknown) => {
  const { message, code } = error as NodeJS.ErrnoException;
  const hint =
    error instanceof SluiceError
      ? ` ${error.hint}`
      : code === 'EADDRINUSE'
        ? ' Another program listens there: stop it, or set SLUICE_PORT.'
        : '';
  process.stderr.write(`Sluice could not start: ${message}${hint}\n`);
  const environment = error instanceof SluiceError || code === 'EADDRINUSE' || code === 'EACCES';
  process.exit(error instanceof ConfigError ? EXIT.input : environment ? EXIT.environment : EXIT.ours);
});
