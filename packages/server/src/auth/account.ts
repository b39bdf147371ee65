// What routes ask of whoever is signed in.

import type { Identity, Origin } from '@sluice/identity';
import { SluiceError } from '@sluice/protocol';
import type { FastifyRequest } from 'fastify';

/** @returns account and session of the person who asks. @throws SluiceError `session.needed` when a token asks */
export function personOf({ identity }: FastifyRequest): { account: string; session: string } {
  if (!identity?.accountId || !identity.sessionId) throw new SluiceError('session.needed', {});
  return { account: identity.accountId, session: identity.sessionId };
}

/** Of a route that the guard has admitted somebody to. */
export function identityOf({ identity }: FastifyRequest): Identity {
  if (!identity) throw new Error('The route is open, so nobody is known to ask.');
  return identity;
}

export const originOf = ({ ip, headers }: FastifyRequest): Origin => ({
  address: ip,
  userAgent: headers['user-agent'] ?? '',
});
