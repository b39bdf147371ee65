import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { TopologySaved, VersionView } from '@sluice/protocol';
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
function send(file: string, { name, worker = [] }: ImportFlags): Promise<TopologySaved> {
  const workers = Object.fromEntries(worker.map(renaming));
  const { topologies } = connect();
  const bytes = readFileSync(file);
  if (/\.(?:bpmn|bpmn20|xml|tplg)$/i.test(file)) return topologies.saveBpmn(bytes, { name, workers });
  let model: unknown;
  try {
    model = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const ofFile = /^(.+)\.tplg\.json$/i.exec(basename(file))?.[1];
  return topologies.save(model, { name: name ?? ofFile, workers });
}

function renaming(text: string): [string, string] {
  const [old, now, ...more] = text.split('=');
  if (old && now && more.length === 0) return [old, now];
  throw new InputError(`--worker must be OLD=NEW, got "${text}".`);
}

/** Write a version to a file, or to the output. */
export async function exportTopology(
  name: string,
  { format, version, output }: { format: string; version?: string; output?: string },
): Promise<void> {
  const { topologies } = connect();
  const wanted = version === undefined ? undefined : Number(version);
  let text: string;
  if (format === 'bpmn') text = await topologies.getBpmn(name, wanted);
  else if (format === 'json') text = `${JSON.stringify(await topologies.get(name, wanted), null, 2)}\n`;
  else throw new InputError(`--format must be json or bpmn, got "${format}".`);
  if (output === undefined) process.stdout.write(text);
  else {
    writeFileSync(output, text);
    say(`Topology "${name}" is written to ${output}.`);
  }
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
