// From what an application says of its proof to the proof itself, for those who send its requests without its code.

import type { AuthDescriptor } from '@sluice/protocol';
import { ApiKeyAuth, type ApiKeyOptions } from './api-key.ts';
import type { Auth } from './auth.ts';
import { type AwsOptions, AwsSigV4Auth } from './aws.ts';
import { BasicAuth, type BasicOptions } from './basic.ts';
import { BearerAuth } from './bearer.ts';
import { HmacAuth, type HmacOptions } from './hmac.ts';
import { JwtAuth, type JwtOptions } from './jwt.ts';
import { MutualTlsAuth, type MutualTlsOptions } from './mutual-tls.ts';
import { OAuth1 } from './oauth1.ts';
import { OAuth2 } from './oauth2.ts';

/** Null when only the code of the application can make the proof. */
export function authOf(descriptor: AuthDescriptor, now: () => number = Date.now): Auth | null {
  if (descriptor.kind === 'oauth2') return new OAuth2(descriptor);
  if (descriptor.kind === 'oauth1') return new OAuth1(descriptor as ConstructorParameters<typeof OAuth1>[0], now);
  // Checked by whoever wrote them: the class of that kind, in the worker.
  const options = descriptor.options as unknown;
  if (options === undefined) return null;
  switch (descriptor.kind) {
    case 'basic':
      return new BasicAuth(undefined, options as BasicOptions);
    case 'bearer':
      return new BearerAuth();
    case 'api-key':
      return new ApiKeyAuth(options as ApiKeyOptions);
    case 'hmac':
      return new HmacAuth(options as HmacOptions, now);
    case 'jwt':
      return new JwtAuth(options as JwtOptions, now);
    case 'aws-sigv4':
      return new AwsSigV4Auth(options as AwsOptions, now);
    case 'mutual-tls':
      return new MutualTlsAuth(options as MutualTlsOptions);
    case 'custom':
      return null;
  }
}
