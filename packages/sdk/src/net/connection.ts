// What users are asked of a server that is reached by a protocol of its own, and what comes of their answers.

import type { ConnectionOptions } from 'node:tls';
import type { Json } from '@sluice/protocol';
import { credentialsForm } from '../application/auth/auth.ts';
import { type Field, type Form, field, form } from '../application/form.ts';
import type { Install } from '../application/install.ts';
import { guardedTarget, type Target } from './target.ts';

const CONNECTION = 'connection';

export interface ConnectionFormOptions {
  readonly port: number;
  /** Asked between the port and TLS. */
  readonly fields?: readonly Field[];
  /** The protocol may begin in clear and go over to TLS. */
  readonly starttls?: boolean;
}

const TLS = { on: 'On, the certificate is checked', off: 'Off, nothing is encrypted' };
const STARTTLS = { on: TLS.on, starttls: 'Begun by STARTTLS, the certificate is checked', off: TLS.off };

/** Host, port and TLS. */
export function connectionForm({ port, fields = [], starttls = false }: ConnectionFormOptions): Form {
  const pem = { format: 'pem' as const, when: { field: 'tls', in: ['on', 'starttls'] as Json[] } };
  return form(CONNECTION, 'Connection', [
    field.text('host', 'Host', {
      required: true,
      maxLength: 253,
      placeholder: 'server.example.com',
      description: 'Inside a private network the operator of the worker opens it with SLUICE_ALLOWED_ADDRESSES.',
    }),
    field.number('port', 'Port', { default: port, minimum: 1, maximum: 65_535 }),
    ...fields,
    field.select('tls', 'TLS', starttls ? STARTTLS : TLS, { default: 'on' }),
    field.textarea('ca', 'Certificate authority', { ...pem, description: 'PEM; empty: the public ones.' }),
    field.textarea('certificate', 'Client certificate', {
      ...pem,
      description: 'PEM; only where the server asks for one.',
    }),
    field.textarea('key', 'Key of the client certificate', { ...pem, secret: true, description: 'PEM.' }),
  ]);
}

/** User and password, as a server asks for them. */
export function accountForm(options: { readonly required?: boolean } = {}): Form {
  const { required = false } = options;
  return credentialsForm([field.text('user', 'User', { required }), field.password('password', 'Password')]);
}

type Widened<T> = T extends string ? string : T extends number ? number : boolean;

/** What was filled in, or its default. */
export function setting<T extends string | number | boolean>(install: Install, name: string, otherwise: T): Widened<T> {
  const value = install.value(CONNECTION, name);
  return (value === undefined || value === '' ? otherwise : value) as Widened<T>;
}

/** @throws Fail `install.incomplete`, AddressRefused */
export function targetOf(install: Install, defaultPort: number): Target {
  return guardedTarget(install.text(CONNECTION, 'host'), Number(setting(install, 'port', defaultPort)));
}

/** How the server proves itself, and we ourselves; null when nothing is encrypted. */
export function tlsOf(install: Install): ConnectionOptions | null {
  if (setting(install, 'tls', 'on') === 'off') return null;
  const given = { ca: 'ca', cert: 'certificate', key: 'key' } as const;
  const pems = Object.entries(given).flatMap(([option, name]) => {
    const pem = setting(install, name, '');
    return pem === '' ? [] : [[option, pem]];
  });
  const host = install.text(CONNECTION, 'host');
  // A name is checked against the certificate even where the driver connects to an address.
  return {
    ...Object.fromEntries(pems),
    rejectUnauthorized: true,
    ...(/[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}),
  };
}

/** User and password, where they were filled in. */
export function accountOf(install: Install): { user?: string; password?: string } {
  const user = install.value<string>('credentials', 'user');
  const password = install.value<string>('credentials', 'password');
  return { ...(user ? { user } : {}), ...(password ? { password } : {}) };
}
