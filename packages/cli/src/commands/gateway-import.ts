import { readFileSync } from 'node:fs';
import { parseText } from '@sluice/openapi';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, say } from '../output.ts';

export interface ImportDescriptionFlags {
  readonly contract?: string;
  readonly host?: string;
  readonly prefix?: string;
  readonly retire?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Routes from an OpenAPI document. YAML is read here; the platform gets JSON. */
export async function importDescription(file: string, { json, ...flags }: ImportDescriptionFlags): Promise<void> {
  const parsed = parseText(readFileSync(file, 'utf8'));
  if (!parsed.ok)
    throw new InputError(`${file} cannot be read. Nothing was changed.`, {
      problems: parsed.problems.map(({ message }) => message),
    });
  const done = await connect().gateway.importDescription(JSON.stringify(parsed.value), flags);
  if (json) return printJson(done);
  const lines = [
    ['created', done.created],
    ['updated', done.updated],
    ['unchanged', done.unchanged],
    [
      flags.retire ? 'disabled, being gone from the description' : 'gone from the description and left enabled',
      done.retired,
    ],
  ] as const;
  for (const [what, names] of lines) if (names.length > 0) say(`${names.length} ${what}: ${names.join(', ')}`);
  for (const { pointer, message } of done.leftOut) say(`left out: ${pointer} ${message}`);
  if (done.unbound.length > 0)
    say(
      `${done.unbound.length} lead nowhere yet and answer 501: ${done.unbound.join(', ')}. Give each a target, or an x-sluice-target in the description.`,
    );
  if (flags.dryRun) say('Everything was checked, nothing was changed (--dry-run).');
}
