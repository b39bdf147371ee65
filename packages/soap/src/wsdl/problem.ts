// What is wrong with a WSDL, said with its place.

import { Fail, maskUrl } from '@sluice/sdk';
import type { XmlElement } from '../xml/tree.ts';

/** Code of an error path that takes what a WSDL is to blame for. */
export const WSDL_CODE = 'soap.wsdl';

export function wsdlProblem(location: string, at: XmlElement | number | null, what: string, cause?: unknown): Fail {
  const place = /^https?:/i.test(location) && URL.canParse(location) ? maskUrl(new URL(location)) : location;
  const line = typeof at === 'number' ? at : at?.line;
  return new Fail(`${place}${line === undefined ? '' : `, line ${line}`}: ${what}`, { code: WSDL_CODE, cause });
}

/** Known names for a message, at most twenty. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, 20).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
