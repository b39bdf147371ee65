// The README: the list of connectors in it is written anew, what stands around it is its owner's.

import { code, markdown } from '../text/escape.ts';

const BEGIN = '<!-- connectors -->';
const END = '<!-- /connectors -->';

export interface Row {
  readonly name: string;
  readonly kind: 'connector' | 'batch';
  readonly endpoint: string;
  readonly description?: string;
}

export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(
    ({ name, kind, endpoint, description = '' }) =>
      `| ${code(name)} | ${kind} | ${code(endpoint)} | ${markdown(description)} |`,
  );
  return [BEGIN, '', '| Name | Kind | Endpoint | What it does |', '| --- | --- | --- | --- |', ...cells, '', END].join(
    '\n',
  );
}

export interface ReadmeFacts {
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly command: string;
  readonly rows: readonly Row[];
}

export function readmeText({ title, facts, command, rows }: ReadmeFacts): string {
  return [
    `# ${markdown(title)}`,
    '',
    'Connectors for the Sluice platform, made of the description of the service.',
    '',
    '| | |',
    '| --- | --- |',
    ...facts.map(([name, value]) => `| ${name} | ${markdown(value)} |`),
    '',
    '```sh',
    'npm install',
    'npm test          # compiles, and plays data/exchanges.json',
    'SLUICE_URL=… SLUICE_TOKEN=… npm start',
    '```',
    '',
    '| Where | What |',
    '| --- | --- |',
    '| `data/`, `src/generated/` | made of the description; each import writes them anew |',
    '| `src/own.ts` | connectors of your own instead of generated ones; an import leaves it alone, like everything else |',
    '',
    `A newer description: \`${command.replaceAll('`', "'")}\`. It says what was added, removed and changed.`,
    '',
    tableOf(rows),
    '',
  ].join('\n');
}

/** The README that is there, with the list of today; null when somebody took the list out. */
export function updatedReadme(text: string, rows: readonly Row[]): string | null {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) return null;
  return `${text.slice(0, begin)}${tableOf(rows)}${text.slice(end + END.length)}`;
}
