import type { SluiceClient } from '@sluice/client';
import { describeChanges, diff, type TopologyModel } from '@sluice/topology';
import { connect } from '../connection.ts';
import { modelOf, readModel } from '../files/model-file.ts';
import { printJson, printLine, say } from '../output.ts';

/** What two versions, or a version and a file, say differently. Moving a box is no difference. */
export async function diffTopology(
  name: string,
  { from, to, json }: { from?: string; to?: string; json?: boolean },
): Promise<void> {
  const client = connect();
  const before = await side(client, name, from ?? 'enabled');
  const after = await side(client, name, to ?? 'newest');
  const changes = diff(before.model, after.model);
  if (json) return printJson(changes);
  say(`${before.label} → ${after.label}`);
  for (const line of describeChanges(changes)) printLine(line, 2);
  if (changes.length === 0) say('  Both mean the same.');
}

/** @param which  a version, a file, `enabled` (the newest when none is), or `newest` */
async function side(
  client: SluiceClient,
  name: string,
  which: string,
): Promise<{ label: string; model: TopologyModel }> {
  if (!/^(\d+|enabled|newest)$/.test(which)) return { label: which, model: await readModel(which) };
  const version = which === 'newest' ? await newestOf(client, name) : which === 'enabled' ? undefined : Number(which);
  const answer = await client.topologies.get(name, version);
  return { label: `${name} v${answer.version} (${answer.state})`, model: modelOf(answer, name) };
}

async function newestOf(client: SluiceClient, name: string): Promise<number | undefined> {
  const { items } = await client.topologies.list();
  const versions = items.filter((item) => item.name === name).map(({ version }) => version);
  return versions.length === 0 ? undefined : Math.max(...versions);
}
