// Faults of SOAP 1.1 and 1.2, and what they mean for the message.

import { excerpt } from '@sluice/protocol';
import { Fail, LimitReached, Redeliver, StopQuietly } from '@sluice/sdk';
import { contentOf } from '../xml/to-json.ts';
import type { XmlElement } from '../xml/tree.ts';

/** `fail` error path or trash · `redeliver` the same step again · `limit` wait for a permit · `stop` end the branch quietly. */
export type FaultVerdict = 'fail' | 'redeliver' | 'limit' | 'stop';

/**
 * By code without prefix: `Client`, `Server.Busy`, a subcode of SOAP 1.2, or `*` for all. The most exact entry wins:
 * the innermost subcode first, then the code, then what stands before its last dot.
 */
export type FaultRules = Readonly<Record<string, FaultVerdict>>;

export const DEFAULT_FAULT_RULES: FaultRules = {
  Client: 'fail',
  Sender: 'fail',
  Server: 'redeliver',
  Receiver: 'redeliver',
  VersionMismatch: 'fail',
  MustUnderstand: 'fail',
  DataEncodingUnknown: 'fail',
  '*': 'fail',
};

/** Why a service refused. It is the `cause` of the error that a step throws. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  /** Without prefix. */
  readonly code: string;
  /** SOAP 1.2, outermost first. */
  readonly subcodes: readonly string[];
  /** faultstring, or the text of the reason. */
  readonly reason: string;
  /** faultactor, or the role. */
  readonly actor: string | null;
  /** Content of the detail; null when there is none. */
  readonly detail: unknown;

  /** @param mask  takes secrets out of what the other side said */
  constructor(fault: XmlElement, mask: (text: string) => string = (text) => text) {
    const find = (of: XmlElement | undefined, name: string): XmlElement | undefined =>
      of?.elements.find(({ local }) => local.toLowerCase() === name);
    const code = find(fault, 'code');
    const texts = find(fault, 'reason')?.elements ?? [];
    const english = texts.find(({ attributes }) =>
      attributes.some(({ local, value }) => local === 'lang' && /^en/i.test(value)),
    );
    const said = find(fault, 'faultstring') ?? english ?? texts[0];
    const reason = mask(allText(said).trim());
    super(reason);
    this.code = localName(allText(find(fault, 'faultcode') ?? find(code, 'value')));
    const subcodes: string[] = [];
    for (let at = find(code, 'subcode'); at; at = find(at, 'subcode'))
      subcodes.push(localName(allText(find(at, 'value'))));
    this.subcodes = subcodes;
    this.reason = reason;
    this.actor = allText(find(fault, 'faultactor') ?? find(fault, 'role')).trim() || null;
    const detail = find(fault, 'detail');
    this.detail = detail ? masked(contentOf(detail), mask) : null;
  }

  /** For a person, on one line. */
  describe(): string {
    const codes = [this.code, ...this.subcodes].filter(Boolean).join(' / ') || 'no code';
    const detail = this.detail === null || this.detail === '' ? '' : ` Detail: ${excerpt(JSON.stringify(this.detail))}`;
    return `${codes}: ${this.reason === '' ? 'no reason given.' : excerpt(this.reason)}${detail}`;
  }
}

export function faultVerdictOf({ code, subcodes }: SoapFault, rules: FaultRules = {}): FaultVerdict {
  const all = { ...DEFAULT_FAULT_RULES, ...rules };
  const names = [...subcodes].reverse();
  for (let name = code; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) names.push(name);
  const known = [...names, '*'].find((name) => Object.hasOwn(all, name));
  return known === undefined ? 'fail' : all[known]!;
}

/** The error that gives a message the fate of the verdict. */
export function faultError(operation: string, fault: SoapFault, verdict: FaultVerdict): Error {
  const reason = `"${operation}" was answered by a fault, ${fault.describe()}`;
  switch (verdict) {
    case 'redeliver':
      return new Redeliver(reason, { cause: fault });
    case 'limit':
      return new LimitReached(reason, { cause: fault });
    case 'stop':
      return new StopQuietly(reason, { cause: fault });
    case 'fail': {
      const name = (fault.subcodes.at(-1) || fault.code || 'unknown').replace(/[^\w.-]/g, '_').slice(0, 100);
      return new Fail(reason, { cause: fault, code: `soap.fault.${name}` });
    }
  }
}

const localName = (qname: string): string => qname.trim().split(':').at(-1)!.slice(0, 200);

function allText(element: XmlElement | undefined): string {
  return (element?.children ?? []).map((child) => (typeof child === 'string' ? child : allText(child))).join('');
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member, mask)]));
}
