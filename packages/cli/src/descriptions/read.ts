// A file that describes a service, as a service.

import { readFileSync, statSync } from 'node:fs';
import { type ReadService, readDescription, serviceOf } from '@sluice/openapi';
import type { ServiceData } from '@sluice/protocol';
import { InputError } from '../exit.ts';
import { authOf, chosen, type DescriptionFlags } from './options.ts';

const MOST_BYTES = 48 * 1024 * 1024;
const MOST_PROBLEMS = 50;

/** @throws InputError with everything that is wrong with the file, and where */
export function readService(file: string, flags: DescriptionFlags, names?: ReadonlyMap<string, string>): ReadService {
  const { size } = statSync(file);
  if (size > MOST_BYTES)
    throw new InputError(`${file} has ${size} bytes; a description has at most ${MOST_BYTES}. Nothing was written.`);
  const read = readDescription(readFileSync(file, 'utf8'));
  if (!read.ok)
    throw new InputError(`${file} is no description that can be read. Nothing was written.`, {
      problems: inWords(read.problems),
    });
  const auth = authOf(flags.auth);
  const given = serviceOf(read.described, {
    key: flags.key,
    server: flags.server,
    auth,
    only: chosen(flags.only),
    names,
  });
  if (given.problems.length > 0 && !flags.lenient)
    throw new InputError(
      `${file} is broken in ${given.problems.length} places. Nothing was written; mend it, or take what can be read with --lenient.`,
      { problems: inWords(given.problems) },
    );
  if (given.service.operations.length === 0)
    throw new InputError(`${file} has no operation${flags.only ? ' that --only chooses' : ''}. Nothing was written.`);
  return flags.auth !== undefined && !auth && flags.auth !== 'none'
    ? { ...given, service: withScheme(given.service, flags.auth) }
    : flags.auth === 'none'
      ? { ...given, service: { ...given.service, auth: [] } }
      : given;
}

/** The way that was chosen comes first. */
function withScheme(service: ServiceData, name: string): ServiceData {
  const found = service.auth.find((one) => one.name === name);
  const known = service.auth.map((one) => `"${one.name}"`).join(', ') || 'none';
  if (!found)
    throw new InputError(
      `--auth is bearer, basic, header:NAME, query:NAME, none, or what the description calls its own; "${name}" is none of them. It has: ${known}.`,
    );
  return { ...service, auth: [found, ...service.auth.filter((one) => one !== found)] };
}

function inWords(problems: ReadService['problems']): string[] {
  const lines = problems.slice(0, MOST_PROBLEMS).map(({ pointer, message }) => `${pointer || 'the file'} ${message}`);
  return problems.length > MOST_PROBLEMS ? [...lines, `and ${problems.length - MOST_PROBLEMS} more`] : lines;
}
