// Addresses with parts that users fill in: `https://{settings.shop}.example.com/api`. A part names form and field.

import { isHostname } from './check.ts';
import type { Settings } from './form.ts';

const PART = /\{([A-Za-z][\w-]*)\.([A-Za-z][\w-]*)\}/g;

export interface Filled {
  readonly url: string;
  /** A user had a say in which host this is: it must not lead into the network of the platform. */
  readonly userGivenHost: boolean;
}

/** Whether a user has a say in the host of an address. */
export function hostIsUserGiven(template: string): boolean {
  return /^[^/?#]*(\/\/[^/?#]*)?/.exec(template)![0].includes('{');
}

/**
 * Fill in an address. A part that stands first is a whole address with scheme; in the host it is a label or a host name;
 * elsewhere it is text and gets escaped.
 * @throws Error in words, when a value is missing or does not fit where it stands
 */
export function fillTemplate(template: string, settings: Settings): Filled {
  const hostEnds = /^[^/?#]*(\/\/[^/?#]*)?/.exec(template)![0].length;
  const url = template.replace(PART, (_part, form: string, field: string, at: number) => {
    const value = settings[form]?.[field];
    if (value === undefined || value === null || value === '')
      throw new Error(`The address ${template} needs "${field}" of the form "${form}", which is not filled in.`);
    const text = String(value);
    if (at === 0) return wholeAddress(text, field);
    if (at >= hostEnds) return encodeURIComponent(text);
    if (!isHostname(text))
      throw new Error(`"${field}" stands in the name of a host, so letters, digits, "-" and "." were expected.`);
    return text;
  });
  if (/[{}]/.test(url)) throw new Error(`The address ${template} has a part that is no {form.field}.`);
  return { url, userGivenHost: hostIsUserGiven(template) };
}

/**
 * Fill in a text that is no address, such as the issuer of an assertion: `{credentials.clientId}`.
 * @throws Error in words, when a value is missing
 */
export function fillText(template: string, settings: Settings): string {
  return template.replace(PART, (_part, form: string, field: string) => {
    const value = settings[form]?.[field];
    if (value === undefined || value === null || value === '')
      throw new Error(`"${field}" of the form "${form}" is needed and not filled in.`);
    return String(value);
  });
}

function wholeAddress(text: string, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password)
    throw new Error(`"${field}" must be an address with http:// or https://, without user and password.`);
  return text.replace(/[?#].*$/, '').replace(/\/+$/, '');
}
