// The three ways to a WSDL: a file, an address, a text.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HttpSender } from '@sluice/sdk';
import { decodeXml } from '../xml/decode.ts';
import { collect, MAX_WSDL_BYTES, type Start, type Wanted, type WsdlDocument } from './documents.ts';
import type { WsdlOptions } from './policy.ts';
import { wsdlProblem } from './problem.ts';
import { Wsdl } from './wsdl.ts';

/**
 * Read a WSDL and the files it imports. Files of other folders are read when `imports` names them.
 * @throws Fail `soap.wsdl` with file, line, and what was expected there
 */
export function readWsdlFile(path: string, options: WsdlOptions = {}): Wsdl {
  const location = resolve(path);
  const text = fileText({ location, wantedBy: '' });
  return new Wsdl(readAll({ location, base: location, text, options }));
}

/**
 * Read a WSDL that is at hand as text; it can import only what `imports` names, by absolute path.
 * @throws Fail `soap.wsdl`
 */
export function parseWsdl(text: string, options: WsdlOptions = {}): Wsdl {
  return new Wsdl(readAll({ location: 'WSDL', base: null, text, options }));
}

/**
 * Read a WSDL from its address, with what it imports from the same folder of the same server.
 * @param sender  `context.http` in a step, else `new HttpSender()`
 * @throws Fail `soap.wsdl`; what the sender throws when the address does not answer
 */
export async function fetchWsdl(
  url: string,
  { sender, headers, ...options }: WsdlOptions & { sender: HttpSender; headers?: Readonly<Record<string, string>> },
): Promise<Wsdl> {
  const text = async (location: string): Promise<string> => {
    if (!/^https?:/i.test(location)) return fileText({ location, wantedBy: url });
    const sameServer = new URL(location).origin === new URL(url).origin;
    const request = { url: location, ...(headers && sameServer ? { headers } : {}) };
    return decodeXml((await sender.send(request, { maxBytes: MAX_WSDL_BYTES })).bytes);
  };
  const steps = collect({ location: url, base: url, text: await text(url), options });
  let step = steps.next();
  while (!step.done) step = steps.next(await text(step.value.location));
  return new Wsdl(step.value);
}

function readAll(start: Start): readonly WsdlDocument[] {
  const steps = collect(start);
  let step = steps.next();
  while (!step.done) step = steps.next(fileText(step.value));
  return step.value;
}

function fileText({ location, wantedBy }: Wanted): string {
  const by = wantedBy === '' ? '' : ` It is imported by ${wantedBy}.`;
  if (/^https?:/i.test(location))
    throw wsdlProblem(location, null, `an address cannot be read here; use fetchWsdl, or a file beside the WSDL.${by}`);
  try {
    return decodeXml(readFileSync(location));
  } catch (cause) {
    throw wsdlProblem(location, null, `the file cannot be read (${(cause as Error).message}).${by}`, cause);
  }
}
