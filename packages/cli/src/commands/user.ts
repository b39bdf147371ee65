import type { AccountLink, AuditEntryView, AuditQuery, RoleView, UserView } from '@sluice/protocol';
import { connect } from '../connection.ts';
import { InputError } from '../exit.ts';
import { printJson, printTable, say, time } from '../output.ts';

export async function listUsers({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().users.list();
  if (json) return printJson(items);
  printTable<UserView>(
    items,
    [
      { title: 'E-MAIL', of: ({ email }) => email },
      { title: 'NAME', of: ({ name }) => name },
      { title: 'ROLE', of: ({ role }) => role },
      { title: 'STATE', of: ({ state }) => state },
      { title: 'LAST SIGN-IN', of: ({ lastSignInAt }) => time(lastSignInAt) },
      { title: 'ASKS', of: ({ resetRequestedAt }) => (resetRequestedAt === null ? '' : 'for a new password') },
    ],
    'There is no account. Open /setup of the platform, or invite somebody with `sluice user invite EMAIL --role admin`.',
  );
}

export async function inviteUser(
  email: string,
  { role, name, json }: { role: string; name?: string; json?: boolean },
): Promise<void> {
  const invited = await connect().users.invite({ email, role, ...(name === undefined ? {} : { name }) });
  if (json) return printJson(invited);
  sayLink(invited.user.email, invited.link);
}

export async function switchUser(verb: 'enable' | 'disable', who: string): Promise<void> {
  const { email } = await change(who, { disabled: verb === 'disable' });
  say(verb === 'disable' ? `${email} is out, with all sessions and tokens.` : `${email} may sign in again.`);
}

export async function giveRole(who: string, role: string): Promise<void> {
  const { email } = await change(who, { role });
  say(`${email} is ${role}.`);
}

export async function removeUser(who: string): Promise<void> {
  const { id, email } = await found(who);
  await connect().users.remove(id);
  say(`The account of ${email} is removed, with its sessions and tokens.`);
}

export async function resetLink(who: string, { json }: { json?: boolean }): Promise<void> {
  const { id, email } = await found(who);
  const link = await connect().users.link(id);
  if (json) return printJson(link);
  sayLink(email, link);
}

export async function listRoles({ json }: { json?: boolean }): Promise<void> {
  const { items } = await connect().roles.list();
  if (json) return printJson(items);
  printTable<RoleView>(
    items,
    [
      { title: 'ROLE', of: ({ name }) => name },
      { title: 'PEOPLE', of: ({ users }) => String(users) },
      { title: 'SCOPES', of: ({ scopes }) => scopes.join(' ') },
    ],
    'There is no role.',
  );
}

export async function listAudit({ json, ...query }: AuditQuery & { json?: boolean }): Promise<void> {
  const { items } = await connect().audit.list(query);
  if (json) return printJson(items);
  printTable<AuditEntryView>(
    items,
    [
      { title: 'AT', of: ({ at }) => time(at) },
      { title: 'WHO', of: ({ who }) => who.name || who.kind },
      { title: 'ACT', of: ({ act }) => act },
      { title: 'OBJECT', of: ({ object }) => object },
      { title: 'OUTCOME', of: ({ outcome, code }) => (code === null ? outcome : `${outcome}: ${code}`) },
    ],
    'Nothing was changed so far.',
  );
}

function sayLink(email: string, { url, expiresAt }: AccountLink): void {
  say(`The link for ${email} is shown only now, and good once until ${time(expiresAt)}:`);
  say(`  ${url}`);
}

async function change(who: string, to: { role?: string; disabled?: boolean }): Promise<UserView> {
  const { id } = await found(who);
  return connect().users.change(id, to);
}

/** @param who  e-mail or id */
async function found(who: string): Promise<UserView> {
  const wanted = who.trim().toLowerCase();
  const user = (await connect().users.list()).items.find(({ id, email }) => id === who || email === wanted);
  if (!user) throw new InputError(`There is no account of "${who}". \`sluice user list\` shows them.`);
  return user;
}
