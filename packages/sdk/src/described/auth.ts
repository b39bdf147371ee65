// The proof of a described service: one of those that the SDK has, or several of them on the same request.

import { type AuthDescriptor, CREDENTIALS_FORM, type ServiceAuth } from '@sluice/protocol';
import { type Auth, credentialsForm } from '../application/auth/auth.ts';
import { authOf } from '../application/auth/from-descriptor.ts';
import type { Field } from '../application/form.ts';
import { Install } from '../application/install.ts';
import type { HttpRequest } from '../http/request.ts';

/** @throws Error for a proof that no data describes */
export function proofOf({ name, proofs }: ServiceAuth): Auth {
  const parts = proofs.map((descriptor) => partOf(name, descriptor));
  return parts.length === 1 ? parts[0]! : new Together(parts);
}

function partOf(name: string, descriptor: AuthDescriptor): Auth {
  const auth = authOf(descriptor);
  if (!auth) throw new Error(`The proof "${name}" (${descriptor.kind}) cannot be made from a description.`);
  return auth;
}

/** All on one request. Of the second on, the fields carry their number. */
class Together implements Auth {
  readonly descriptor;
  readonly form;
  readonly #parts: readonly Auth[];

  constructor(parts: readonly Auth[]) {
    this.#parts = parts;
    // What the platform does itself is told it; the rest is made here.
    this.descriptor = parts.find(({ descriptor }) => descriptor?.kind === 'oauth2')?.descriptor ?? {
      kind: 'custom' as const,
    };
    this.form = credentialsForm(
      parts.flatMap((part, index) => (part.form?.fields ?? []).map((one) => numbered(one, part, index))),
    );
  }

  async sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    let signed = request;
    for (const [index, part] of this.#parts.entries())
      signed = await part.sign(signed, install && viewOf(install, part, index));
    return signed;
  }
}

/** The platform knows the fields of OAuth 2 by their names. */
const keyOf = (key: string, { descriptor }: Auth, index: number): string =>
  index === 0 || descriptor?.kind === 'oauth2' ? key : `${key}${index + 1}`;

function numbered(field: Field, part: Auth, index: number): Field {
  const { descriptor } = part;
  const named = descriptor?.kind === 'api-key' ? String(descriptor.options?.['name'] ?? '') : '';
  return {
    ...field,
    key: keyOf(field.key, part, index),
    label: named === '' ? field.label : `${field.label} (${named})`,
  };
}

function viewOf(install: Install, part: Auth, index: number): Install {
  const given = install.settings[CREDENTIALS_FORM] ?? {};
  const own = Object.fromEntries(
    (part.form?.fields ?? []).map(({ key }) => [key, given[keyOf(key, part, index)] ?? null]),
  );
  return new Install({ ...install, settings: { ...install.settings, [CREDENTIALS_FORM]: own } });
}
