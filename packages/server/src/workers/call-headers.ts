// Headers that a registration adds to every call of an http worker.

import { RESULT_HEADERS, SluiceError } from '@sluice/protocol';

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** These say how a request travels; another hand in them breaks it. */
const TRANSPORT = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** An existing worker echoes what it gets, so a result sent to it would come back as its own. */
const RESERVED: ReadonlySet<string> = new Set([...TRANSPORT, ...RESULT_HEADERS]);

/** @throws SluiceError `request.invalid` with all that could not be sent */
export function checkCallHeaders(headers: Readonly<Record<string, string>>): void {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!NAME.test(name)) problems.push(`header ${JSON.stringify(name)} is no name of an HTTP header`);
    else if (RESERVED.has(name.toLowerCase())) problems.push(`header "${name}" is written by the platform itself`);
    if (!VALUE.test(value)) problems.push(`header ${JSON.stringify(name)} has characters that HTTP cannot carry`);
  }
  if (problems.length > 0) throw new SluiceError('request.invalid', { problems });
}
