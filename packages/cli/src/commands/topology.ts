import type { VersionView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { readModel } from '../files/model-file.ts';
import { printJson, printTable, say, time } from '../output.ts';

export async function listTopologies({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().topologies.list();
  if (json) return printJson(items);
  printTable<VersionView>(
    items,
    [
      { title: 'NAME', of: (version) => version.name },
      { title: 'VERSION', of: (version) => String(version.version) },
      { title: 'STATE', of: (version) => version.state },
      { title: 'PUBLISHED', of: (version) => time(version.publishedAt) },
    ],
    'There is no topology. Import one with `sluice topology import FILE`.',
  );
}

export async function showTopology(name: string, { version }: { version?: string }): Promise<void> {
  printJson(await connect().topologies.get(name, versionOf(version)));
}

/** Store a file as a draft; with `publish` and `enable` on the way to new traffic. */
export async function importTopology(
  file: string,
  { publish, enable }: { publish?: boolean; enable?: boolean },
): Promise<void> {
  const { topologies } = connect();
  const { name, version, problems } = await topologies.save(await readModel(file));
  say(
    `Topology "${name}" v${version} is stored as a draft${problems.length > 0 ? `, with ${problems.length} problem(s):` : '.'}`,
  );
  for (const problem of problems) say(`  - ${problem.message}`);
  if (publish || enable) await changeTopology('publish', name, String(version));
  if (enable) await changeTopology('enable', name, String(version));
}

export async function changeTopology(
  verb: 'publish' | 'enable' | 'disable',
  name: string,
  version: string | undefined,
): Promise<void> {
  const { topologies } = connect();
  const wanted = versionOf(version) ?? (await topologies.get(name)).version;
  const { state } = await topologies[verb](name, wanted);
  say(`Topology "${name}" v${wanted} is ${state}.`);
}

export function versionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InputError(`A version is a whole number from 1, got "${text}".`);
  return Number(text);
}
