import { text } from 'node:stream/consumers';
import type { ConsumerView, CredentialView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say, time } from '../output.ts';

interface Json {
  readonly json?: boolean;
}

export async function listConsumers({ json }: Json): Promise<void> {
  const { items } = await connect().consumers.list();
  if (json) return printJson(items);
  printTable<ConsumerView>(
    items,
    [
      { title: 'NAME', of: ({ name }) => name },
      { title: 'ENABLED', of: ({ enabled }) => (enabled ? 'yes' : 'no') },
      { title: 'CREDENTIALS', of: ({ credentials }) => String(credentials.length) },
      { title: 'SCOPES', of: ({ scopes }) => scopes.join(' ') },
    ],
    'There is no consumer. Make one with `sluice gateway consumer create NAME --scope SCOPE`.',
  );
}

export async function showConsumer(name: string, { json }: Json): Promise<void> {
  const consumer = await connect().consumers.get(name);
  if (json) return printJson(consumer);
  const { scopes, user, enabled } = consumer;
  say(`${name} is ${enabled ? 'enabled' : 'disabled'}, acts for "${user}", has: ${scopes.join(', ') || 'no scopes'}.`);
  printTable<CredentialView>(
    consumer.credentials,
    [
      { title: 'ID', of: ({ id }) => id },
      { title: 'KIND', of: ({ kind }) => kind },
      { title: 'HINT', of: ({ hint }) => hint },
      { title: 'EXPIRES', of: ({ expiresAt }) => (expiresAt === null ? 'never' : time(expiresAt)) },
      { title: 'LAST USED', of: ({ lastUsedAt }) => time(lastUsedAt) },
    ],
    `It has no credentials. Make a key with \`sluice gateway consumer key ${name}\`.`,
  );
}

interface CreateOptions extends Json {
  readonly scope?: readonly string[];
  readonly description?: string;
  readonly user?: string;
}

export async function createConsumer(name: string, { json, scope = [], ...more }: CreateOptions): Promise<void> {
  const consumer = await connect().consumers.create({ name, scopes: [...scope], ...more });
  if (json) return printJson(consumer);
  say(`Consumer ${name} may now do: ${scope.join(', ') || 'what needs no scope'}.`);
  say(`Make a key for it with \`sluice gateway consumer key ${name}\`.`);
}

export async function switchConsumer(verb: 'enable' | 'disable', name: string): Promise<void> {
  await connect().consumers[verb](name);
  say(`Consumer ${name} is ${verb}d.`);
}

export async function removeConsumer(name: string): Promise<void> {
  await connect().consumers.remove(name);
  say(`Consumer ${name} is removed; its credentials open nothing any more.`);
}

interface KeyOptions extends Json {
  readonly sign?: boolean;
  readonly days?: string;
}

export async function addKey(name: string, { sign, days, json }: KeyOptions): Promise<void> {
  if (days !== undefined && !(Number(days) > 0)) throw new InputError(`--days takes a number above 0, got "${days}".`);
  const expiry = days === undefined ? {} : { expiresAt: Date.now() + Math.round(Number(days) * 86_400_000) };
  if (sign) {
    const made = await connect().consumers.addSigningKey(name, expiry);
    if (json) return printJson(made);
    say('The secret is shown only now:');
    say(`  keyid  ${made.keyId}`);
    say(`  secret ${made.secret}`);
    return;
  }
  const made = await connect().consumers.addKey(name, expiry);
  if (json) return printJson(made);
  say('The key is shown only now:');
  say(`  ${made.key}`);
}

/** Never an argument: those are seen by everybody on the machine. */
export async function addPassword(name: string, user: string): Promise<void> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  const { id } = await connect().consumers.addPassword(name, { user, password });
  say(`${user} may now call as ${name} (credential ${id}).`);
}

export async function addCertificate(
  name: string,
  { fingerprint, subject }: { fingerprint?: string; subject?: string },
): Promise<void> {
  if ((fingerprint === undefined) === (subject === undefined))
    throw new InputError('A certificate is known by --fingerprint or by --subject: give one of both.');
  const { id } = await connect().consumers.addCertificate(
    name,
    fingerprint === undefined ? { subject: subject! } : { fingerprint },
  );
  say(`The certificate is now one of ${name} (credential ${id}).`);
}

export async function revokeCredential(name: string, id: string): Promise<void> {
  await connect().consumers.revoke(name, id);
  say(`Credential ${id} of ${name} is revoked.`);
}
