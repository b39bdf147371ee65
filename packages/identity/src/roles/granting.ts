// Nobody gives what they do not have: tokens, roles, accounts and links to them all ask here.

import { type Scope, SluiceError } from '@sluice/protocol';

/** Who acts, as far as it matters for what they may hand on. */
export interface Actor {
  readonly scopes: ReadonlySet<Scope>;
}

/** @throws SluiceError `auth.beyond_own` naming what the actor lacks */
export function mustHave(actor: Actor, scopes: Iterable<Scope>): void {
  // Everybody has it, so it is nothing that could be handed on.
  const missing = [...scopes].filter((scope) => scope !== 'account:own' && !actor.scopes.has(scope));
  if (missing.length > 0) throw new SluiceError('auth.beyond_own', { scopes: missing });
}
