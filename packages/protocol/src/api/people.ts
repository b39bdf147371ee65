// Shapes of people and their access: first set-up, sign-in, sessions, accounts, roles, tokens.

import { z } from 'zod';
import { SCOPES } from './scopes.ts';

const Millis = z.number().int();
const Email = z.email().max(254);
/** Hashing costs time, so what is hashed is bounded. Whether a new one is good enough is said by a fault of its own. */
const Password = z.string().min(1).max(1_000);
const Name = z.string().trim().min(1).max(200);
const Scopes = z.array(z.enum(SCOPES)).min(1).max(SCOPES.length);
const RoleName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/);

/** What a sign-in page needs to know; anybody may ask. */
export const SetupView = z.object({
  /** There is no account yet: the first one can be made. */
  needed: z.boolean(),
  /** The one who asks must know the code that the platform printed when it started. */
  codeNeeded: z.boolean(),
  /** People may also come in by the OpenID provider. */
  oidc: z.boolean(),
});
export type SetupView = z.infer<typeof SetupView>;

export const SetupRequest = z.strictObject({
  email: Email,
  name: Name,
  password: Password,
  code: z.string().max(100).optional(),
});
export type SetupRequest = z.infer<typeof SetupRequest>;

export const SignInRequest = z.strictObject({ email: z.string().min(1).max(254), password: Password });
export type SignInRequest = z.infer<typeof SignInRequest>;

export const OidcQuery = z.object({
  /** Path of the platform where the person goes on. */
  returnTo: z.string().max(2_000).optional(),
});
export type OidcQuery = z.infer<typeof OidcQuery>;

export const USER_STATES = ['invited', 'active', 'disabled'] as const;

export const UserView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  state: z.enum(USER_STATES),
  /** A password is set. */
  password: z.boolean(),
  /** The person has come in by the OpenID provider. */
  oidc: z.boolean(),
  createdAt: Millis,
  lastSignInAt: Millis.nullable(),
  /** When the person asked for a way to set a new password, until one was made. */
  resetRequestedAt: Millis.nullable(),
});
export type UserView = z.infer<typeof UserView>;

/** Who asks: a person, or a token. */
export const SessionView = z.object({
  /** Null for a token without an owner. */
  account: UserView.nullable(),
  /** The token that asked; null in a session. */
  token: z.object({ id: z.string(), name: z.string() }).nullable(),
  role: z.string().nullable(),
  scopes: z.array(z.string()),
  /** When the session or token ends at the latest; null: never. */
  expiresAt: Millis.nullable(),
});
export type SessionView = z.infer<typeof SessionView>;

export const OwnSessionView = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  createdAt: Millis,
  /** To a few minutes. */
  lastSeenAt: Millis,
  expiresAt: Millis,
  address: z.string(),
  userAgent: z.string(),
});
export type OwnSessionView = z.infer<typeof OwnSessionView>;

export const OwnAccountChange = z.strictObject({ name: Name });
export type OwnAccountChange = z.infer<typeof OwnAccountChange>;

export const PasswordChange = z.strictObject({
  /** Not needed by whoever has none so far. */
  current: Password.optional(),
  password: Password,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

export const ResetRequest = z.strictObject({ email: z.string().min(1).max(254) });
export type ResetRequest = z.infer<typeof ResetRequest>;

/** By which a person sets a password: an invitation, or a reset. */
export const AccountLink = z.object({
  /** Good once. Shown only now. */
  token: z.string(),
  /** Page with the token behind `#`, where no server sees it. */
  url: z.string(),
  expiresAt: Millis,
});
export type AccountLink = z.infer<typeof AccountLink>;

export const LinkRequest = z.strictObject({ token: z.string().min(1).max(200) });
export type LinkRequest = z.infer<typeof LinkRequest>;

export const LinkView = z.object({
  kind: z.enum(['invitation', 'reset']),
  email: z.string(),
  name: z.string(),
  expiresAt: Millis,
});
export type LinkView = z.infer<typeof LinkView>;

export const LinkAcceptance = LinkRequest.extend({ name: Name.optional(), password: Password });
export type LinkAcceptance = z.infer<typeof LinkAcceptance>;

export const UserInvitation = z.strictObject({ email: Email, name: Name.optional(), role: RoleName });
export type UserInvitation = z.infer<typeof UserInvitation>;
export const UserInvited = z.object({ user: UserView, link: AccountLink });
export type UserInvited = z.infer<typeof UserInvited>;

export const UserChange = z.strictObject({
  name: Name.optional(),
  role: RoleName.optional(),
  disabled: z.boolean().optional(),
});
export type UserChange = z.infer<typeof UserChange>;

export const RoleView = z.object({
  name: z.string(),
  description: z.string(),
  scopes: z.array(z.string()),
  /** It is always there and stays as it is. */
  builtIn: z.boolean(),
  /** How many people have it. */
  users: z.number().int().min(0),
});
export type RoleView = z.infer<typeof RoleView>;

export const RoleRequest = z.strictObject({
  name: RoleName,
  description: z.string().max(500).default(''),
  scopes: Scopes,
});
export type RoleRequest = z.input<typeof RoleRequest>;
export const RoleChange = z.strictObject({ description: z.string().max(500).optional(), scopes: Scopes.optional() });
export type RoleChange = z.infer<typeof RoleChange>;

export const TokenRequest = z.strictObject({
  name: z.string().min(1).max(200),
  scopes: Scopes,
  /** Epoch ms; without it the token does not expire. */
  expiresAt: Millis.optional(),
});
export type TokenRequest = z.infer<typeof TokenRequest>;
export const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: Millis,
  expiresAt: Millis.nullable(),
  /** To an hour; null: not used yet. */
  lastUsedAt: Millis.nullable(),
  /** Who made it: with the account it ends, and it never may more than that. Null: the platform itself. */
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type TokenView = z.infer<typeof TokenView>;
export const TokenCreated = TokenView.extend({ /** Shown only now. */ token: z.string() });
export type TokenCreated = z.infer<typeof TokenCreated>;
