import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { ApplicationView, InstallView, Json } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say } from '../output.ts';

export interface AppOptions {
  readonly user: string;
  readonly json?: boolean;
}

export async function listApps({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().applications.list();
  if (json) return printJson(items);
  printTable<ApplicationView>(
    items,
    [
      { title: 'KEY', of: (app) => app.key },
      { title: 'NAME', of: (app) => app.name },
      { title: 'AUTH', of: (app) => app.auth?.kind ?? '-' },
      { title: 'UP', of: (app) => (app.up ? 'yes' : 'no') },
      { title: 'WORKERS', of: (app) => app.workers.join(', ') },
    ],
    'No worker offers an application. Give them to `join({ steps, applications })` in a worker.',
  );
}

export async function showApp(key: string, { user, json }: AppOptions): Promise<void> {
  const client = connect();
  const app = await client.applications.get(key);
  const { items } = await client.installs.list({ application: key, user });
  // The forms of an existing worker are made for each install.
  const install = items[0] && app.existing ? await client.installs.get(key, user) : items[0];
  if (json) return printJson({ ...app, install: install ?? null });
  say(`${app.name} (${app.key}), by ${app.workers.join(', ')}${app.up ? '' : ', which is away'}`);
  if (app.description) say(`\n${app.description}\n`);
  for (const { key: form, label, fields } of install?.forms ?? app.forms) {
    say(`${label}:`);
    for (const field of fields)
      say(`  ${`${form}.${field.key}`.padEnd(32)} ${field.type}${field.required ? ', required' : ''}: ${field.label}`);
  }
  if (install) printInstall(install);
  else say(`User "${user}" has not installed it: sluice app install ${key} --user ${user}`);
}

export async function installApp(key: string, { user }: AppOptions): Promise<void> {
  printInstall(await connect().installs.install(key, user));
}

export async function uninstallApp(key: string, { user }: AppOptions): Promise<void> {
  await connect().installs.uninstall(key, user);
  say(`"${key}" of user "${user}" is removed with its settings.`);
}

/** @param pairs  `form.field=value`; `@file` takes the value from a file, `-` from the standard input */
export async function setApp(key: string, pairs: readonly string[], { user }: AppOptions): Promise<void> {
  const client = connect();
  const app = await client.applications.get(key);
  const forms = app.existing ? ((await client.installs.get(key, user)).forms ?? []) : app.forms;
  const settings: Record<string, Record<string, Json>> = {};
  for (const pair of pairs) {
    const [, form = '', field = '', given = ''] = /^([^.=]+)\.([^=]+)=([\s\S]*)$/.exec(pair) ?? [];
    const type = forms.find((one) => one.key === form)?.fields.find((one) => one.key === field)?.type;
    if (!form) throw new InputError(`form.field=value was expected, got "${pair}".`);
    settings[form] = { ...settings[form], [field]: parsed(await valueGiven(given), type ?? 'text') };
  }
  printInstall(await client.installs.save(key, settings, user));
}

export async function switchApp(verb: 'enable' | 'disable', key: string, { user }: AppOptions): Promise<void> {
  printInstall(await connect().installs[verb](key, user));
}

export async function testApp(key: string, { user }: AppOptions): Promise<void> {
  const { value } = await connect().installs.test(key, user);
  say(String((value as { detail?: string } | null)?.detail ?? 'The connection works.'));
}

async function valueGiven(given: string): Promise<string> {
  if (given === '-') return (await text(process.stdin)).replace(/\r?\n$/, '');
  return given.startsWith('@') ? (await readFile(given.slice(1), 'utf8')).replace(/\r?\n$/, '') : given;
}

function parsed(given: string, type: string): Json {
  if (given === '') return null;
  if (!['number', 'checkbox', 'multi-select', 'json', 'key-value', 'file'].includes(type)) return given;
  try {
    return JSON.parse(given) as Json;
  } catch {
    throw new InputError(`A value of type ${type} is written as JSON, got "${given}".`);
  }
}

function printInstall({
  application,
  user,
  enabled,
  authorised,
  reason,
  settings,
  problems,
  warning,
}: InstallView): void {
  const state = {
    'not-needed': 'no authorisation needed',
    yes: 'authorised',
    no: 'not authorised',
    broken: 'to be authorised again',
  };
  say(
    `"${application}" of user "${user}": ${enabled ? 'enabled' : 'disabled'}, ${state[authorised]}${reason ? ` (${reason})` : ''}.`,
  );
  for (const [form, values] of Object.entries(settings))
    for (const [field, value] of Object.entries(values))
      say(`  ${`${form}.${field}`.padEnd(32)} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  for (const [field, problem] of Object.entries(problems)) say(`  ${field.padEnd(32)} ${problem}`);
  if (warning) say(`Warning: ${warning}`);
}
