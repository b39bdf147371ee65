import { readFileSync } from 'node:fs';
import type { VersionView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
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
  printJson(await connect().topologies.get(name, version === undefined ? undefined : Number(version)));
}

/** Store a file as a draft; with `publish` and `enable` on the way to new traffic. */
export async function importTopology(
  file: string,
  { publish, enable }: { publish?: boolean; enable?: boolean },
): Promise<void> {
  let model: unknown;
  try {
    model = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`${file} is not JSON: ${error.message}`);
    throw error;
  }
  const { topologies } = connect();
  const { name, version, problems } = await topologies.save(model);
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
  const wanted = version === undefined ? (await topologies.get(name)).version : Number(version);
  if (!Number.isInteger(wanted)) throw new InputError(`A version is a whole number, got "${version}".`);
  const { state } = await topologies[verb](name, wanted);
  say(`Topology "${name}" v${wanted} is ${state}.`);
}
