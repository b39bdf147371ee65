// Who a request is from, and what they may.

import type { Scope } from '@sluice/protocol';

export interface Identity {
  /** A person in a session, or a token. */
  readonly kind: 'account' | 'token';
  readonly tokenId: string | null;
  /** Of the person or the token. */
  readonly name: string;
  /** Account of the person, or of the owner of the token. */
  readonly accountId: string | null;
  readonly sessionId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  /** When it ends at the latest; null: never. */
  readonly expiresAt: number | null;
  /** The token may only join as this worker. */
  readonly worker: string | null;
}
