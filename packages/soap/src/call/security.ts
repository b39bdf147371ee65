// Who calls, said in the SOAP header (WS-Security, UsernameToken Profile 1.0). Who calls by HTTP is the application's business.

import type { Install } from '@sluice/sdk';
import { WSSecurity } from 'soap';
import { escapeXml } from '../xml/write.ts';
import { literal } from './values.ts';

/** A value, or how it is found: in the install of the user when the application has one. */
type Found<T> = T | ((install: Install | null) => T | Promise<T>);

export interface SoapSecurity {
  /** The header of one call, and what of it no log and no reason may repeat. */
  prove(install: Install | null): Promise<{ readonly header: string; readonly secrets: readonly string[] }>;
}

export interface UsernameTokenOptions {
  readonly username: Found<string>;
  readonly password: Found<string>;
  /** `digest` (default) sends a hash of nonce, time and password; `text` sends the password: over https only. */
  readonly passwordType?: 'digest' | 'text';
  /** With a timestamp of ten minutes; default true. */
  readonly timestamp?: boolean;
  /** With a nonce beside a password as text; a digest always has one. Default true. */
  readonly nonce?: boolean;
  /** The service must refuse what it cannot check; default false. */
  readonly mustUnderstand?: boolean;
}

export function usernameToken(options: UsernameTokenOptions): SoapSecurity {
  return {
    async prove(install) {
      const [username, password] = [await resolve(options.username, install), await resolve(options.password, install)];
      const isText = options.passwordType === 'text';
      const token = new WSSecurity(literal(username), isText ? literal(password) : password, {
        passwordType: isText ? 'PasswordText' : 'PasswordDigest',
        hasTimeStamp: options.timestamp ?? true,
        hasNonce: options.nonce ?? true,
        hasTokenCreated: true,
        ...(options.mustUnderstand ? { mustUnderstand: true } : {}),
      });
      return { header: token.toXML(), secrets: repeated(password) };
    },
  };
}

/** As a service may repeat it: as it is, or as XML, more or less escaped. */
function repeated(password: string): string[] {
  const minimal = password.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [...new Set([password, minimal, minimal.replaceAll('>', '&gt;'), escapeXml(password)])];
}

async function resolve(value: Found<string>, install: Install | null): Promise<string> {
  return typeof value === 'function' ? value(install) : value;
}
