// `sluice openapi import`: a package of connectors, made of an OpenAPI description.

import { describedPackage, exchangesOf, namesIn } from '@sluice/codegen';
import { recordIn, type WriteFlags, writePackage } from '../descriptions/folder.ts';
import { checkedFlags, type DescriptionFlags } from '../descriptions/options.ts';
import { readService } from '../descriptions/read.ts';
import { version } from '../descriptions/version.ts';

export interface ImportFlags extends DescriptionFlags, WriteFlags {
  readonly out?: string;
  readonly name?: string;
}

const MOST_NOTES = 20;

export async function importOpenapi(
  file: string,
  { out, name, dryRun, force, json, ...given }: ImportFlags,
): Promise<void> {
  // Where it goes may be a matter of what the file calls itself.
  const folder = out ?? given.key ?? readService(file, checkedFlags(given)).service.key;
  const before = recordIn(folder);
  const flags = checkedFlags({ ...(before?.options as DescriptionFlags | undefined), ...given });
  const { service, examples, leftOut, problems } = readService(file, flags, namesIn(before));
  const { exchanges, without } = await exchangesOf(service, examples);
  const { only, ...kept } = flags;
  const options = { ...kept, key: service.key, ...(only ? { only: [...only] } : {}) };
  const generated = describedPackage(service, exchanges, {
    name: name ?? `connector-${service.key}`,
    title: service.name,
    version,
    command: `sluice openapi import FILE --out ${folder}`,
  });
  const notes = [
    ...authNotes(service.auth.length, flags.auth),
    ...problems.map(({ pointer, message }) => `broken, and read as far as it goes: ${pointer} ${message}`),
    ...leftOut.map(({ pointer, message }) => `left out: ${pointer} ${message}`),
    ...without.map(({ operation, reason }) => `without an exchange: ${operation} (${reason})`),
  ];
  const shown =
    notes.length > MOST_NOTES
      ? [...notes.slice(0, MOST_NOTES), `and ${notes.length - MOST_NOTES} more notes; --json has all`]
      : notes;
  writePackage(
    { folder, generated, before, options, notes: json ? notes : shown },
    { ...(dryRun ? { dryRun } : {}), ...(force ? { force } : {}), ...(json ? { json } : {}) },
  );
}

const authNotes = (ways: number, said: string | undefined): string[] =>
  ways > 0 || said === 'none'
    ? []
    : [
        'The description says of no way to prove who asks that can be used. If there is one: --auth bearer, basic, header:NAME or query:NAME.',
      ];
