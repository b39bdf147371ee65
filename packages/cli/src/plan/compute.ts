// The difference between a folder and a platform. Reads and compares; changes nothing.

import type { SluiceClient } from '@sluice/client';
import type { VersionView } from '@sluice/protocol';
import { type Change, diff, type TopologyModel } from '@sluice/topology';
import { platformUrl } from '../connection.ts';
import { InputError } from '../exit.ts';
import type { ModelFile } from '../files/folder.ts';
import { modelOf } from '../files/model-file.ts';
import { type Plan, planOf, type Seen, type Step } from './plan.ts';

/** @throws InputError with the problems of all files that could not be published */
export async function computePlan(client: SluiceClient, files: readonly ModelFile[]): Promise<Plan> {
  await checkAll(client, files);
  const { id } = await client.platform();
  const versions = await seenOf(client);
  const steps: Step[] = [];
  for (const { model } of files) {
    const step = await stepFor(client, model, versions.get(model.name) ?? { enabled: null, newest: null });
    if (step) steps.push(step);
  }
  const wanted = new Set(files.map(({ model }) => model.name));
  const unchanged = files.length - steps.length;
  for (const [name, seen] of versions)
    if (!wanted.has(name) && seen.enabled) steps.push({ act: 'retire', name, seen, version: seen.enabled.version });
  return planOf({ id, url: platformUrl() }, unchanged, steps);
}

/** What is to be done for a topology to run as the model says; null when it does. */
async function stepFor(client: SluiceClient, model: TopologyModel, seen: Seen): Promise<Step | null> {
  const { name } = model;
  const changes = await changesFrom(client, seen, model);
  if (seen.newest === null) return { act: 'create', name, seen, model, changes };
  if (seen.enabled !== null && changes.length === 0) return null;
  const same = await saysTheSame(client, seen.newest, model);
  return same
    ? { act: 'enable', name, seen, version: seen.newest.version, changes }
    : { act: 'update', name, seen, model, changes };
}

/** From what takes new traffic, or from the newest version when nothing does. */
export async function changesFrom(client: SluiceClient, seen: Seen, model: TopologyModel): Promise<Change[]> {
  const base = seen.enabled ?? seen.newest;
  const before = base ? await stored(client, base) : { name: model.name, nodes: [], connections: [] };
  return diff(before, model);
}

const saysTheSame = async (client: SluiceClient, version: VersionView, model: TopologyModel): Promise<boolean> =>
  diff(await stored(client, version), model).length === 0;

export const stored = async (
  client: SluiceClient,
  { name, version }: Pick<VersionView, 'name' | 'version'>,
): Promise<TopologyModel> => modelOf(await client.topologies.get(name, version), `Topology "${name}" v${version}`);

/** By name: which version takes new traffic, and which is the newest. */
export async function seenOf(client: SluiceClient): Promise<Map<string, Seen>> {
  const { items } = await client.topologies.list();
  const seen = new Map<string, Seen>();
  for (const version of items) {
    const { enabled, newest } = seen.get(version.name) ?? { enabled: null, newest: null };
    seen.set(version.name, {
      enabled: version.state === 'enabled' ? version : enabled,
      newest: newest && newest.version > version.version ? newest : version,
    });
  }
  return seen;
}

/** All files, and all that is wrong with them, before anything is changed. */
async function checkAll(client: SluiceClient, files: readonly ModelFile[]): Promise<void> {
  const problems: string[] = [];
  for (const { file, model } of files)
    for (const { message } of (await client.topologies.foresee(model)).problems) problems.push(`${file}: ${message}`);
  if (problems.length > 0)
    throw new InputError(`${problems.length} problem(s) keep the folder from running. Nothing was changed.`, {
      problems,
    });
}
