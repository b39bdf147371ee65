// Tokens of OAuth 2: by refresh token, or by the credentials where the grant needs no person.

import type { OAuth2Descriptor } from '@sluice/protocol';
import type { Subject } from '../authorisation.ts';
import type { ExchangeOptions } from '../provider/exchange.ts';
import type { ProviderToken } from '../tokens/record.ts';
import type { TokenSource } from '../tokens/source.ts';
import { Conversation } from './conversation.ts';
import { partiesOf } from './parties.ts';

export const isFromCredentials = ({ grant }: OAuth2Descriptor): boolean =>
  grant === 'client-credentials' || grant === 'jwt-bearer';

export function oauth2Source(descriptor: OAuth2Descriptor, subject: Subject, options: ExchangeOptions): TokenSource {
  const talk = (): Conversation => new Conversation(partiesOf(descriptor, subject), options);
  return {
    fromCredentials: isFromCredentials(descriptor),
    async renew(before: ProviderToken | null) {
      if (descriptor.grant === 'client-credentials') return talk().byCredentials();
      if (descriptor.grant === 'jwt-bearer') return talk().byAssertion(subject.install);
      const next = await talk().byRefreshToken(before!.refreshToken!, before!.scopes);
      // What the first answer said of the account is not said again by most.
      return { ...next, extra: { ...before!.extra, ...next.extra } };
    },
    async revoke({ accessToken, refreshToken }) {
      // Whoever revokes the refresh token revokes what came of it (RFC 7009, 2.1).
      if (refreshToken !== null) await talk().revoke(refreshToken, 'refresh_token');
      else await talk().revoke(accessToken, 'access_token');
    },
  };
}
