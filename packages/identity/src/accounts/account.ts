// An account as it is kept, and as it is shown.

import type { UserView } from '@sluice/protocol';

export interface StoredAccount {
  /** As it is compared: trimmed, in small letters. */
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly disabled: boolean;
  readonly passwordHash: string | null;
  /** Who it is at the OpenID provider: issuer and subject. */
  readonly oidcSubject: string | null;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
  readonly resetRequestedAt: number | null;
}

export interface Account extends StoredAccount {
  readonly id: string;
}

export const emailOf = (text: string): string => text.trim().toLowerCase();

/** It has a way to sign in. */
export const isActive = ({ disabled, passwordHash, oidcSubject }: StoredAccount): boolean =>
  !disabled && (passwordHash !== null || oidcSubject !== null);

export function viewOf(account: Account): UserView {
  const { id, email, name, role, createdAt, lastSignInAt, resetRequestedAt } = account;
  return {
    id,
    email,
    name,
    role,
    state: account.disabled ? 'disabled' : isActive(account) ? 'active' : 'invited',
    password: account.passwordHash !== null,
    oidc: account.oidcSubject !== null,
    createdAt,
    lastSignInAt,
    resetRequestedAt,
  };
}
