import { Connector, Fail, schema } from '@sluice/sdk';
import type { S3 } from '../application/s3.ts';

export abstract class S3Connector extends Connector {
  override readonly application: S3;

  constructor(application: S3) {
    super();
    this.application = application;
  }
}

export const keyField = schema.text('Key of the object, such as invoices/2026/1.pdf', {
  minLength: 1,
  maxLength: 1_024,
});

/** The path of an object in its bucket. @throws Fail for keys that an address would read as another place */
export function objectPath(key: string): string {
  const parts = key.split('/');
  if (parts.some((part) => part === '.' || part === '..') || /^\/|\p{Cc}|\p{Surrogate}/u.test(key))
    throw new Fail(`"${key.slice(0, 200)}" is no key that can be asked for.`, { code: 'step.input_invalid' });
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

export const header = (value: string | string[] | undefined): string | null =>
  value === undefined ? null : [value].flat().join(', ');
