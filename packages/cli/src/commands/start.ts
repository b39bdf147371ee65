import { spawn } from 'node:child_process';
import { launchArguments } from '@sluice/standalone/launch';

/** Run the platform in a process of its own and end with its exit code; signals go to it. */
export async function start(env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, launchArguments(), { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
