import { writeFileSync } from 'node:fs';
import { toTypeScript } from '@sluice/topology';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { jsonText, modelOf, writeModel } from '../files/model-file.ts';
import { say } from '../output.ts';
import { versionOf } from './topology.ts';

export interface ExportOptions {
  readonly version?: string;
  readonly format?: string;
  readonly out?: string;
}

/** Formats, with the ends of the names of their files. */
const FORMATS = { json: /\.json$/, ts: /\.ts$/, bpmn: /\.(?:bpmn|bpmn20|xml)$/ } as const;
type Format = keyof typeof FORMATS;

/** A version as a file, or on the standard output. The format is that of the file's name, unless it is given. */
export async function exportTopology(name: string, { version, format, out }: ExportOptions): Promise<void> {
  const wanted = formatOf(format, out);
  if (out !== undefined && !FORMATS[wanted].test(out))
    throw new InputError(`The format is ${wanted}, and ${out} is no name for it. End it with .${wanted}.`);
  const { topologies } = connect();
  const number = versionOf(version);
  if (wanted === 'bpmn') {
    const xml = await topologies.getBpmn(name, number);
    if (out === undefined) process.stdout.write(xml);
    else writeFileSync(out, xml);
  } else {
    const model = modelOf(await topologies.get(name, number), `Topology "${name}"`);
    if (out === undefined) process.stdout.write(wanted === 'ts' ? toTypeScript(model) : jsonText(model));
    else return say(`Topology "${name}" is in ${writeModel(out, model).join(' and ')}.`);
  }
  if (out !== undefined) say(`Topology "${name}" is in ${out}.`);
}

function formatOf(given: string | undefined, out: string | undefined): Format {
  const names = Object.keys(FORMATS) as Format[];
  if (given === undefined) return names.find((name) => out !== undefined && FORMATS[name].test(out)) ?? 'json';
  const found = names.find((name) => name === given);
  if (found) return found;
  throw new InputError(`A format is json, ts or bpmn, got "${given}".`);
}
