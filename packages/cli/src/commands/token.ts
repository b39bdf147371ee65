import { SCOPES, type Scope, type TokenView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say, time } from '../output.ts';

export async function createToken(
  name: string,
  { scope, days, json }: { scope: readonly string[]; days?: string; json?: boolean },
): Promise<void> {
  const unknown = scope.filter((entry) => !(SCOPES as readonly string[]).includes(entry));
  if (unknown.length > 0) throw new InputError(`Unknown scope ${unknown.join(', ')}. There are: ${SCOPES.join(', ')}.`);
  if (days !== undefined && !(Number(days) > 0)) throw new InputError(`--days takes a number above 0, got "${days}".`);
  const expiresAt = days === undefined ? undefined : Date.now() + Math.round(Number(days) * 86_400_000);
  const created = await connect().tokens.create({
    name,
    scopes: scope as Scope[],
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
  if (json) return printJson(created);
  say('The token is shown only now:');
  say(`  ${created.token}`);
}

export async function listTokens({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().tokens.list();
  if (json) return printJson(items);
  printTable<TokenView>(
    items,
    [
      { title: 'ID', of: (token) => token.id },
      { title: 'NAME', of: (token) => token.name },
      { title: 'EXPIRES', of: (token) => (token.expiresAt === null ? 'never' : time(token.expiresAt)) },
      { title: 'SCOPES', of: (token) => token.scopes.join(' ') },
    ],
    'There is no token but the one of the administrator. Make one with `sluice token create NAME --scope run`.',
  );
}

export async function revokeToken(id: string): Promise<void> {
  await connect().tokens.revoke(id);
  say(`Token ${id} is revoked.`);
}
