import { toTypeScript } from '@sluice/topology';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { isTypeScript, jsonText, modelOf, writeModel } from '../files/model-file.ts';
import { say } from '../output.ts';
import { versionOf } from './topology.ts';

export interface ExportOptions {
  readonly version?: string;
  readonly format?: string;
  readonly out?: string;
}

/** A version as a file, or on the standard output. The format is that of the file's name, unless it is given. */
export async function exportTopology(name: string, { version, format, out }: ExportOptions): Promise<void> {
  const wanted = format ?? (out !== undefined && isTypeScript(out) ? 'ts' : 'json');
  if (wanted !== 'json' && wanted !== 'ts') throw new InputError(`A format is json or ts, got "${wanted}".`);
  if (out !== undefined && isTypeScript(out) !== (wanted === 'ts'))
    throw new InputError(`The format is ${wanted}, and ${out} is no name for it. End it with .${wanted}.`);
  const model = modelOf(await connect().topologies.get(name, versionOf(version)), `Topology "${name}"`);
  if (out !== undefined) return say(`Topology "${name}" is in ${writeModel(out, model).join(' and ')}.`);
  process.stdout.write(wanted === 'ts' ? toTypeScript(model) : jsonText(model));
}
