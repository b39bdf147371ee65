// What S3 says in XML. A type of document is nothing that S3 sends: its entities are not read.

import type { HttpResponse, Reading } from '@sluice/sdk';
import { Fail } from '@sluice/sdk';
import { SaxesParser } from 'saxes';

const PASSING = new Set(['SlowDown', 'RequestTimeout', 'InternalError', 'ServiceUnavailable', 'OperationAborted']);

export interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

/** @throws Fail when it is no XML */
export function xmlOf(text: string): Element {
  const root: Element = { name: '', children: [], text: '' };
  const open: Element[] = [root];
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new Error('it has a type of document');
  });
  parser.on('opentag', ({ name }) => {
    const element: Element = { name, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
    if (open.length > 20) throw new Error('it is nested too deep');
  });
  parser.on('text', (more) => {
    open.at(-1)!.text += more;
  });
  parser.on('closetag', () => open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  try {
    parser.write(text).close();
  } catch (cause) {
    throw new Fail(`The store answered with something that is no XML: ${(cause as Error).message}`, {
      code: 's3.answer',
      cause,
    });
  }
  return root.children[0] ?? root;
}

export const textIn = (element: Element, name: string): string | undefined =>
  element.children.find((child) => child.name === name)?.text;

/** `NoSuchKey` → `s3.no_such_key` */
export function readAnswer(response: HttpResponse): Reading | undefined {
  // A copy that fails half way says so with 200.
  const start = Buffer.from(response.bytes.subarray(0, 2_000)).toString('utf8');
  if (!start.includes('<Error>')) return undefined;
  const error = errorIn(response.text());
  if (!error) return undefined;
  const code = textIn(error, 'Code') ?? 'Error';
  const name = code.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  const verdict = PASSING.has(code) ? 'redeliver' : response.status < 300 ? 'fail' : undefined;
  return { code: `s3.${name}`, says: `${code}: ${textIn(error, 'Message') ?? ''}`.trim(), ...(verdict && { verdict }) };
}

function errorIn(text: string): Element | null {
  try {
    const root = xmlOf(text);
    return root.name === 'Error' ? root : null;
  } catch {
    return null;
  }
}
