// How requests of an application prove who sends them.

import { type AuthDescriptor, CREDENTIALS_FORM } from '@sluice/protocol';
import type { HttpRequest } from '../../http/request.ts';
import { Fail } from '../../step/errors.ts';
import { type Field, type Form, form } from '../form.ts';
import type { Install } from '../install.ts';

export interface Auth {
  /** What the platform has to know; none when the credentials stand in the code. */
  readonly descriptor?: AuthDescriptor;
  /** What a user fills in. */
  readonly form?: Form;
  /**
   * The request with proof added.
   * @param install  null when the application needs none
   * @throws Fail when the install lacks what the proof is made of
   */
  sign(request: HttpRequest, install?: Install | null): HttpRequest | Promise<HttpRequest>;
}

export const credentialsForm = (fields: readonly Field[], description?: string): Form =>
  form(CREDENTIALS_FORM, 'Credentials', fields, description);

export const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

/** A credential of the install. @throws Fail `install.incomplete` */
export function credential(install: Install | null, name: string): string {
  if (!install)
    throw new Fail(`The credential "${name}" is missing: the application is not installed.`, {
      code: 'install.incomplete',
    });
  return install.text(CREDENTIALS_FORM, name);
}

export type Maybe<T> = T | (() => T | Promise<T>);
export const resolve = async <T>(value: Maybe<T>): Promise<T> =>
  typeof value === 'function' ? (value as () => T | Promise<T>)() : value;
