// docs/reference/catalogue.md: what the packages of connectors/ say of themselves when a worker offers them, and the endpoints
// that their READMEs list (the acceptance of each package compares these with its exchanges).

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allConnectors } from '@sluice/connectors';
import { CATEGORIES } from '@sluice/protocol';
import { local } from '@sluice/sdk';
import { table } from './table.mjs';

const PREFIX = '@sluice/connector-';
const WINDOWS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

export async function cataloguePage() {
  const offered = local(await allConnectors()).manifest;
  // Those of the toolkit reach a protocol, not a service: toolkit/README.md lists them.
  const applications = offered.applications.filter((one) => one.package.name.startsWith(PREFIX));
  const keys = new Set(applications.map(({ key }) => key));
  const actions = offered.actions.filter(({ application }) => keys.has(application));
  const folders = [...new Set(applications.map((one) => one.package.name.slice(PREFIX.length)))];
  const ofFolder = (folder) => applications.filter((one) => one.package.name === PREFIX + folder);
  const rows = applications.map((one) => {
    const count = actions.filter(({ application }) => application === one.key).length;
    const { name, version } = one.package;
    return [
      `[${one.name}](#${name.slice(PREFIX.length)})`,
      `\`${one.key}\``,
      version,
      one.categories.map((category) => CATEGORIES[category] ?? category).join(', '),
      authOf(one),
      count,
      one.webhooks.length || 'none',
      limitsOf(one),
    ];
  });
  const head = ['Application', 'Key', 'Version', 'Categories', 'Signs in by', 'Connectors', 'Events', 'Limits'];
  return `# The catalogue of applications

${applications.length} applications in ${folders.length} packages, ${actions.length} connectors. \`npm run connectors\` starts a worker that offers all of them;
one of [your own](../guides/connector-package.md) stands beside them, and so does the [toolkit](../../toolkit/README.md). Each package was written from the public description of its service and
is tested against exchanges written down from there; what could not be tried with the service itself is said in its README.

${table(head, rows)}

${folders.map((folder) => section(folder, ofFolder(folder))).join('\n')}`;
}

function section(folder, applications) {
  const [{ key, name, website, webhooks, package: origin }] = applications;
  const keys = applications.map((one) => `\`${one.key}\``).join(' and ');
  const events = webhooks.map((event) => `\`${event.name}\` (${proofOf(event)})`).join(', ');
  return `<a id="${folder}"></a>

## ${name}

[README](../../connectors/${folder}/README.md) · [${new URL(website).hostname}](${website}) · \`${origin.name}\` ${origin.version}, for \`@sluice/sdk\` ${origin.sdk} · ${keys}

${table(['Verb', 'Object', 'Endpoint', 'What it does'], connectorsOf(folder, key))}
${events && `\nEvents: ${events}\n`}`;
}

/** Rows of the table in its README. */
function connectorsOf(folder, key) {
  const readme = readFileSync(join(import.meta.dirname, '..', 'connectors', folder, 'README.md'), 'utf8');
  const [, listed = ''] = readme.split('<!-- connectors -->');
  return [...listed.matchAll(/^\| `([^`]+)` \| (\w+) \| (.+?) \| (.+) \|$/gm)].map(
    ([, name, kind, endpoint, words]) => {
      const [verb, ...object] = name.slice(key.length + 1).split('-');
      return [verb + (kind === 'batch' ? ' (batch)' : ''), object.join(' '), endpoint, words];
    },
  );
}

const authOf = ({ auth }) => (auth ? `${auth.kind}${auth.grant ? ` (${auth.grant})` : ''}` : 'nothing');

const proofOf = ({ verification: { kind } }) => (kind === 'address' ? 'by its address' : kind);

const limitsOf = ({ limits }) => limits.map(({ amount, windowMs }) => `${amount} in ${windowOf(windowMs)}`).join(', ');

function windowOf(windowMs) {
  const [unit, word] = WINDOWS.find(([one]) => windowMs % one === 0) ?? [1, 'ms'];
  return `${windowMs / unit} ${word}`;
}
