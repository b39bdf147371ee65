// The table of connectors in the README of a package: made from what the package offers, compared by a test.

import { AssertionError } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AnyStep } from '@sluice/sdk';
import type { Files } from './files.ts';
import { ownName } from './rules.ts';

const BEGIN = '<!-- connectors -->';
const END = '<!-- /connectors -->';

export function connectorTable(steps: readonly AnyStep[], files: Files): string {
  const rows = steps.map((step) => {
    const file = files.steps.get(ownName(step));
    return `| \`${step.name}\` | ${step.kind} | [\`${file?.endpoint}\`](${file?.see}) | ${step.description} |`;
  });
  return ['| Name | Kind | Endpoint | What it does |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Of steps that have no exchanges: what they reach is no endpoint. */
export function stepTable(steps: readonly AnyStep[]): string {
  const rows = steps.map(({ name, kind, description }) => `| \`${name}\` | ${kind} | ${description} |`);
  return ['| Name | Kind | What it does |', '| --- | --- | --- |', ...rows].join('\n');
}

/** `SLUICE_UPDATE=1` writes it. @throws AssertionError when the README says something else */
export function expectTable(file: string, table: string): void {
  const text = readFileSync(file, 'utf8');
  const [before, rest = ''] = text.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined)
    throw new AssertionError({ message: `${file} has no place ${BEGIN} … ${END} for the table.` });
  const wanted = `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
  if (wanted === text) return;
  if (process.env.SLUICE_UPDATE !== '1')
    throw new AssertionError({
      message: `The table in ${file} is not what the package offers. SLUICE_UPDATE=1 writes it.`,
      actual: text,
      expected: wanted,
    });
  writeFileSync(file, wanted);
}
