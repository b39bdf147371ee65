import { readFile } from 'node:fs/promises';
import type { IssuerRequestInput, IssuerView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say } from '../output.ts';

export async function listIssuers({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().issuers.list();
  if (json) return printJson(items);
  printTable<IssuerView>(
    items,
    [
      { title: 'NAME', of: ({ name }) => name },
      { title: 'KIND', of: ({ kind }) => kind },
      { title: 'ENABLED', of: ({ enabled }) => (enabled ? 'yes' : 'no') },
      { title: 'TOKENS OF', of: (one) => (one.kind === 'jwt' ? one.issuer : one.introspectionUrl) },
    ],
    'There is no issuer. Make one with `sluice gateway issuer save FILE`.',
  );
}

export async function saveIssuer(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  let issuer: IssuerRequestInput;
  try {
    issuer = JSON.parse(text) as IssuerRequestInput;
  } catch (error) {
    throw new InputError(`"${file}" cannot be read as JSON: ${(error as Error).message}`);
  }
  if (typeof issuer?.name !== 'string') throw new InputError(`"${file}" does not say the name of the issuer.`);
  await connect().issuers.save(issuer);
  say(`Tokens of issuer ${issuer.name} are taken${issuer.enabled === false ? ' once it is enabled' : ''}.`);
}

export async function removeIssuer(name: string): Promise<void> {
  await connect().issuers.remove(name);
  say(`Issuer ${name} is removed; its tokens open nothing any more.`);
}
