// Puts the demo on a platform: two workers, one topology. Doing it again changes nothing.

import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiError, SluiceClient } from '@sluice/client';

export const TOPOLOGY = JSON.parse(readFileSync(new URL('../topology.json', import.meta.url), 'utf8')) as {
  name: string;
};

/** @returns token with which the stock service joins */
export async function registerWorkers(
  client: SluiceClient,
  orderWorkerUrl: string,
  stateDirectory: string,
): Promise<string> {
  await client.workers.register({ name: 'order-worker', url: orderWorkerUrl });
  // A token is shown once; the next start of the demo needs it again.
  const file = join(stateDirectory, 'demo-stock-token');
  const first = await client.workers.register({ name: 'stock-service' });
  if (first.token === undefined && existsSync(file)) return readFileSync(file, 'utf8');
  const token = first.token ?? (await client.workers.register({ name: 'stock-service', rotate: true })).token!;
  writeFileSync(file, token);
  chmodSync(file, 0o600);
  return token;
}

/** Publish and enable the topology, unless this very one is enabled already. */
export async function installTopology(client: SluiceClient): Promise<void> {
  const present = await client.topologies.get(TOPOLOGY.name).catch((error: ApiError) => {
    if (error.status === 404) return null;
    throw error;
  });
  if (present?.state === 'enabled') {
    const { version: _, state: __, ...model } = present;
    if (JSON.stringify(model) === JSON.stringify(TOPOLOGY)) return;
  }
  const { name, version } = await client.topologies.save(TOPOLOGY);
  await client.topologies.publish(name, version);
  await client.topologies.enable(name, version);
}
