// One envelope out, one body back. The request leaves by the sender of the message in work, so it is measured, masked and
// aborted like all others; what came back is judged here before anything else looks at it.

import { excerpt } from '@sluice/protocol';
import {
  Fail,
  type HttpRequest,
  type HttpResponse,
  maskSent,
  maskText,
  maskUrl,
  type RequestOptions,
  type StatusRules,
  verdictOf,
} from '@sluice/sdk';
import { ENVELOPE_11, ENVELOPE_12 } from '../wsdl/namespaces.ts';
import type { SoapVersion } from '../wsdl/shape.ts';
import { decodeXml } from '../xml/decode.ts';
import { readXml } from '../xml/read.ts';
import { named } from '../xml/to-json.ts';
import type { XmlElement } from '../xml/tree.ts';
import { rulesOf, sendTo, type Target } from './endpoint.ts';
import { type FaultRules, faultError, faultVerdictOf, SoapFault } from './fault.ts';

const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

/** What all calls of a service have in common. */
export interface CallOptions {
  readonly endpoint?: string | (() => string | Promise<string>);
  /** Added to the default table of faults. */
  readonly faults?: FaultRules;
  /** For answers that are no SOAP; added to the default table of the sender. */
  readonly statuses?: StatusRules;
  /** Milliseconds for a whole call; default that of the application, else 30 000. */
  readonly timeoutMs?: number;
  /** Bytes of an answer that are read at most; default 16 MiB. */
  readonly maxBytes?: number;
}

export interface Call extends CallOptions, Target {
  /** For messages. */
  readonly operation: string;
  readonly version: SoapVersion;
  readonly action: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What of the envelope nobody may repeat. */
  readonly secrets: readonly string[];
}

/**
 * @returns the whole envelope and its body; null when the service accepted and said nothing
 * @throws Fail, Redeliver, LimitReached, StopQuietly
 */
export async function exchange(
  envelope: string,
  call: Call,
): Promise<{ readonly envelope: XmlElement; readonly body: XmlElement } | null> {
  const { http, timeoutMs, maxBytes = DEFAULT_MAX_BYTES } = call;
  const rules = rulesOf(call, call.statuses);
  const { request, response } = await sendTo(call, optionsOf(envelope, call, timeoutMs), maxBytes);
  const isFine = response.status >= 200 && response.status < 300;
  if (isFine && response.bytes.byteLength === 0) return null;
  const answer = new Answer(call, request, response);
  const judge = (): HttpResponse => http.judge(request, response, { rules, secrets: call.secrets });
  const read = answer.envelope();
  if (read instanceof Fail) {
    judge();
    throw read;
  }
  const body = read.elements.find(({ local, namespace }) => local === 'Body' && namespace === read.namespace);
  if (!body) throw answer.refused('an envelope without <Body>');
  const fault = body.elements.find(({ local, namespace }) => local === 'Fault' && namespace === read.namespace);
  if (fault) {
    if (verdictOf(response.status, rules) === 'limit') judge();
    const said = new SoapFault(fault, (text) => answer.mask(text));
    throw faultError(call.operation, said, faultVerdictOf(said, call.faults));
  }
  judge();
  return { envelope: read, body };
}

function optionsOf(body: string, { version, action, headers }: Call, timeoutMs: number | undefined): RequestOptions {
  const quoted = action.replace(/["\\\r\n]/g, '');
  const own: Record<string, string> =
    version === '1.1'
      ? { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${quoted}"` }
      : { 'content-type': `application/soap+xml; charset=utf-8${quoted === '' ? '' : `; action="${quoted}"`}` };
  return { method: 'POST', headers: { ...own, ...headers }, body, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
}

class Answer {
  readonly #call: Call;
  readonly #request: HttpRequest;
  readonly #response: HttpResponse;
  #text = '';

  constructor(call: Call, request: HttpRequest, response: HttpResponse) {
    this.#call = call;
    this.#request = request;
    this.#response = response;
  }

  /** The envelope, or why it is none. */
  envelope(): XmlElement | Fail {
    const type = String(this.#response.headers['content-type'] ?? '');
    if (/^multipart\//i.test(type))
      return this.refused('attachments (MTOM or SOAP with attachments), which are not read here');
    let root: XmlElement;
    try {
      this.#text = decodeXml(this.#response.bytes, /charset=["']?([\w.:-]+)/i.exec(type)?.[1]);
      root = readXml(this.#text);
    } catch (cause) {
      const what = type === '' ? 'something' : type.slice(0, 100);
      return this.refused(`${what} that is no XML (${(cause as Error).message})`, cause);
    }
    if (root.local === 'Envelope' && (root.namespace === ENVELOPE_11 || root.namespace === ENVELOPE_12)) return root;
    return this.refused(named(root));
  }

  refused(got: string, cause?: unknown): Fail {
    const { operation, version } = this.#call;
    const said = this.#text === '' ? '' : `: ${excerpt(this.mask(this.#text.slice(0, 100_000)))}`;
    const url = maskUrl(new URL(this.#request.url));
    return new Fail(
      `"${operation}": a SOAP ${version} envelope was expected from ${url}, it answered ${this.#response.status} with ${this.mask(got)}${said}`,
      { code: 'soap.answer', cause },
    );
  }

  mask(text: string): string {
    const { headers = {}, url, query = {} } = this.#request;
    const full = new URL(url);
    for (const [name, value] of Object.entries(query)) full.searchParams.append(name, String(value));
    return maskText(maskSent(text, headers, full, null, this.#call.secrets));
  }
}
