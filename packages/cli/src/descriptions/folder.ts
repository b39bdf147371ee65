// The folder of an imported package.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type GeneratedPackage,
  type ImportPlan,
  type ImportRecord,
  parseRecord,
  planImport,
  RECORD_FILE,
} from '@sluice/codegen';
import { InputError } from '../exit.ts';
import { printJson, say } from '../output.ts';

/** @throws InputError when the folder holds something that no import made */
export function recordIn(folder: string): ImportRecord | null {
  const file = join(folder, RECORD_FILE);
  if (existsSync(file)) {
    try {
      return parseRecord(readFileSync(file, 'utf8'));
    } catch (cause) {
      throw new InputError(
        `${file} cannot be read: ${(cause as Error).message}. Nothing was written; take it from your history, or import into another folder.`,
        { cause },
      );
    }
  }
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new InputError(
      `The folder ${folder} holds something already that no import made. Nothing was written; name another one with --out.`,
    );
  return null;
}

export interface WriteFlags {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

export interface Import {
  readonly folder: string;
  readonly generated: GeneratedPackage;
  readonly before: ImportRecord | null;
  readonly options: ImportRecord['options'];
  /** What is worth knowing beside that. */
  readonly notes: readonly string[];
}

/** @throws InputError when hand-made changes would be lost */
export function writePackage({ folder, generated, before, options, notes }: Import, flags: WriteFlags): void {
  const plan = planImport(generated, before, (path) => textOf(join(folder, path)), options);
  if (plan.edited.length > 0 && !flags.force)
    throw new InputError(
      `Generated files were changed by hand. Nothing was written. Move the changes to src/own.ts, or lose them with --force.`,
      { problems: plan.edited },
    );
  if (!flags.dryRun) for (const { path, text } of plan.write) put(join(folder, path), text);
  if (flags.json)
    printJson({ folder, ...plan.changes, written: plan.write.map(({ path }) => path), kept: plan.kept, notes });
  else report(folder, plan, before === null, notes, flags);
}

const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** Whole or not at all. */
function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function report(
  folder: string,
  { write, kept, changes }: ImportPlan,
  isFirst: boolean,
  notes: readonly string[],
  { dryRun }: WriteFlags,
): void {
  const { added, removed, changed, unchanged } = changes;
  if (isFirst) say(`${added.length} connectors in ${folder}.`);
  else {
    for (const [what, names] of [
      ['added', added],
      ['removed', removed],
      ['changed', changed],
    ] as const)
      if (names.length > 0) say(`${names.length} ${what}: ${names.join(', ')}`);
    say(`${unchanged} as they were.`);
  }
  for (const note of notes) say(note);
  if (kept.length > 0) say(`Yours, left as they are: ${kept.join(', ')}`);
  if (dryRun) say(`${write.length} files would be written (--dry-run).`);
  else if (isFirst)
    for (const line of ['', `  cd ${folder} && npm install`, '  npm test', '  SLUICE_URL=… SLUICE_TOKEN=… npm start'])
      say(line);
  else say(`${write.length} files written.`);
}
