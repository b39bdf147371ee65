// A whole platform in a test: real store, real HTTP, real workers, on free ports of loopback.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceClient } from '@sluice/client';
import { type Platform, readConfig, startPlatform } from '../index.ts';

export const TOKEN = 'test-admin-token-0123456789';

export interface TestPlatform extends Platform {
  readonly client: SluiceClient;
  readonly directory: string;
  /** A request with the admin token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Close, and open the same data again. @param changed  of the environment */
  restart(changed?: NodeJS.ProcessEnv): Promise<TestPlatform>;
}

export async function testPlatform(
  env: NodeJS.ProcessEnv = {},
  directory = mkdtempSync(join(tmpdir(), 'sluice-test-')),
): Promise<TestPlatform> {
  const config = readConfig({
    SLUICE_PORT: '0',
    SLUICE_DATA: directory,
    SLUICE_ADMIN_TOKEN: TOKEN,
    SLUICE_DEMO: '0',
    ...env,
  });
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const platform = await startPlatform(config, silent);
  return {
    ...platform,
    directory,
    client: new SluiceClient({ url: platform.url, token: TOKEN }),
    fetch: (path, init = {}) =>
      fetch(`${platform.url}${path}`, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } }),
    async restart(changed = {}) {
      await platform.close();
      return testPlatform({ ...env, ...changed }, directory);
    },
    async close() {
      await platform.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Wait for something to become true; says what it waited for when it does not. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface NodeLike {
  readonly id: string;
  readonly kind: string;
  readonly [member: string]: unknown;
}

/** Deploy a chain: start → nodes in turn. */
export async function deployChain(platform: TestPlatform, name: string, ...nodes: NodeLike[]): Promise<void> {
  const all: NodeLike[] = [{ id: 'start', kind: 'start' }, ...nodes];
  await deploy(platform, {
    name,
    nodes: all,
    connections: all.slice(1).map((node, index) => ({ from: all[index]!.id, to: node.id })),
  });
}

export async function deploy(
  { client }: TestPlatform,
  model: { name: string; [member: string]: unknown },
): Promise<void> {
  const { name, version } = await client.topologies.save(model);
  await client.topologies.publish(name, version);
  await client.topologies.enable(name, version);
}
