// Failures of people and their access.

import { fault } from './fault.ts';

export const PEOPLE_FAULTS = {
  'setup.done': fault(
    409,
    () => 'The first account exists already. Nothing was changed.',
    'Sign in, or let an administrator invite you.',
  ),
  'setup.code': fault(
    403,
    () => 'The first account needs the set-up code of this platform, and the one sent is missing or wrong.',
    'Read the code where the platform was started: it prints it while there is no account.',
  ),
  'signin.refused': fault(
    401,
    () => 'The e-mail and the password do not belong together, or the account may not sign in.',
    'Check both. Ask for a new password if you have forgotten it.',
  ),
  'signin.too_many': fault<{ retryAfterMs: number }>(
    429,
    (d) => `Too many attempts were made. The next one is taken in ${Math.max(1, Math.ceil(d.retryAfterMs / 1_000))} s.`,
    'Wait for the time in Retry-After. An administrator can make a link to set a new password.',
  ),
  'session.ended': fault(
    401,
    () => 'This session is not known, has ended, or was idle for too long.',
    'Sign in again.',
  ),
  'session.unknown': fault<{ id: string }>(
    404,
    (d) => `You have no session "${d.id}".`,
    'List your sessions with GET /api/v1/sessions.',
  ),
  'session.needed': fault(
    403,
    () =>
      'This is about the account of the person who is signed in, and the request carries a token. Nothing was changed.',
    'Sign in, and do it there.',
  ),
  'auth.cross_site': fault(
    403,
    () => 'The request carries a session and does not prove that a page of this platform sent it. Nothing was changed.',
    'Send it from a page of the platform, or use a token in the header "Authorization".',
  ),
  'auth.beyond_own': fault<{ scopes: readonly string[] }>(
    403,
    (d) => `This would give or touch more than you have yourself: ${d.scopes.join(', ')}. Nothing was changed.`,
    'Ask somebody who has these scopes.',
  ),
  'account.unknown': fault<{ id: string }>(
    404,
    (d) => `There is no account "${d.id}".`,
    'List accounts with GET /api/v1/users.',
  ),
  'account.email_taken': fault<{ email: string }>(
    409,
    (d) => `There is an account for ${d.email} already. Nothing was changed.`,
    'Change that account, or use another e-mail.',
  ),
  'account.password_weak': fault<{ reason: string }>(
    422,
    (d) => `This password cannot be taken: ${d.reason}. Nothing was changed.`,
    'Choose a longer one; several words are easy to remember.',
  ),
  'account.password_wrong': fault(
    403,
    () => 'The present password is not the one that was sent. Nothing was changed.',
    'Send the present password as "current".',
  ),
  'account.last_admin': fault<{ email: string }>(
    409,
    (d) =>
      `${d.email} is the last administrator who can sign in, and cannot be removed, disabled or given another role.`,
    'Make somebody else an administrator first.',
  ),
  'account.disabled': fault<{ email: string }>(
    409,
    (d) => `The account of ${d.email} is disabled. Nothing was changed.`,
    'Enable it first.',
  ),
  'link.unknown': fault(
    404,
    () => 'This link is not known, was used, or has expired. Nothing was changed.',
    'Ask an administrator for a new one.',
  ),
  'role.unknown': fault<{ name: string }>(
    404,
    (d) => `There is no role "${d.name}". Nothing was changed.`,
    'List roles with GET /api/v1/roles.',
  ),
  'role.taken': fault<{ name: string }>(
    409,
    (d) => `There is a role "${d.name}" already. Nothing was changed.`,
    'Choose another name, or change that role with PATCH.',
  ),
  'role.built_in': fault<{ name: string }>(
    409,
    (d) => `The role "${d.name}" is built in and stays as it is. Nothing was changed.`,
    'Make a role of your own with the scopes you want.',
  ),
  'role.in_use': fault<{ name: string; users: number }>(
    409,
    (d) => `${d.users} account(s) have the role "${d.name}". Nothing was changed.`,
    'Give them another role first.',
  ),
  'oidc.off': fault(
    404,
    () => 'This platform has no OpenID provider to sign in with.',
    'Set SLUICE_OIDC_ISSUER, SLUICE_OIDC_CLIENT_ID and SLUICE_OIDC_CLIENT_SECRET, or sign in with a password.',
  ),
  'oidc.unreachable': fault<{ reason: string }>(
    502,
    (d) => `The OpenID provider cannot be asked: ${d.reason}.`,
    'Check SLUICE_OIDC_ISSUER and whether the provider answers, then try again.',
  ),
  'oidc.not_begun': fault(
    400,
    () => 'This sign-in was not begun in this browser, or it took too long.',
    'Begin again at the sign-in page.',
  ),
  'oidc.refused': fault<{ reason: string }>(
    403,
    (d) => `The OpenID provider did not let you in: ${d.reason}.`,
    'Try again, or ask whoever runs the provider.',
  ),
  'oidc.no_email': fault(
    403,
    () => 'The OpenID provider did not say a verified e-mail, by which accounts are known here.',
    'Verify your e-mail at the provider, or let it send the claims "email" and "email_verified".',
  ),
  'oidc.not_invited': fault<{ email: string }>(
    403,
    (d) => `Nobody has invited ${d.email}.`,
    'Ask an administrator for an invitation.',
  ),
  'oidc.setup_first': fault(
    403,
    () => 'This platform has no administrator yet.',
    'Make the first account with a password, then come in by the provider.',
  ),
} as const;
