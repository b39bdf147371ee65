import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { TopologySaved, VersionView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { readJson, readModel } from '../files/model-file.ts';
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

export interface ImportFlags {
  readonly name?: string;
  /** OLD=NEW. */
  readonly worker?: readonly string[];
  readonly publish?: boolean;
  readonly enable?: boolean;
}

/** Store a file as a draft; with `publish` and `enable` on the way to new traffic. */
export async function importTopology(file: string, flags: ImportFlags): Promise<void> {
  const { name, version, problems } = await send(file, flags);
  say(
    `Topology "${name}" v${version} is stored as a draft${problems.length > 0 ? `, with ${problems.length} problem(s):` : '.'}`,
  );
  for (const problem of problems) say(`  - ${problem.message}`);
  if (flags.publish || flags.enable) await changeTopology('publish', name, String(version));
  if (flags.enable) await changeTopology('enable', name, String(version));
}

/** The name of a file says what it is written in. */
async function send(file: string, { name, worker = [] }: ImportFlags): Promise<TopologySaved> {
  const workers = Object.fromEntries(worker.map(renaming));
  const { topologies } = connect();
  if (/\.(?:bpmn|bpmn20|xml|tplg)$/i.test(file)) return topologies.saveBpmn(readFileSync(file), { name, workers });
  const ofFile = /^(.+)\.tplg\.json$/i.exec(basename(file))?.[1];
  const model = ofFile === undefined ? await readModel(file) : readJson(file);
  return topologies.save(model, { name: name ?? ofFile, workers });
}

function renaming(text: string): [string, string] {
  const [old, now, ...more] = text.split('=');
  if (old && now && more.length === 0) return [old, now];
  throw new InputError(`--worker must be OLD=NEW, got "${text}".`);
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
