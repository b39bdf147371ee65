// No secret in a recording: neither in headers and URL, nor in fields of JSON, forms and XML, nor repeated by the other side.

import { isSecretName, maskHeaders, maskSent, maskUrl } from '@sluice/sdk';
import type { Exchange, RecordedBody } from './recording.ts';

const MASK = '***';

export function maskExchange({ request, response }: Exchange): Exchange {
  const url = new URL(request.url);
  const clean = (body: RecordedBody | undefined): { body?: RecordedBody } =>
    body === undefined ? {} : { body: maskBody(body, (text) => maskSent(text, request.headers, url)) };
  return {
    request: { ...request, url: maskUrl(url), headers: maskHeaders(request.headers), ...clean(request.body) },
    response: { ...response, headers: maskHeaders(response.headers), ...clean(response.body) },
  };
}

function maskBody(body: RecordedBody, sent: (text: string) => string): RecordedBody {
  if (body.json !== undefined) return { json: maskJson(body.json, sent) };
  if (body.text !== undefined) return { text: sent(maskText(body.text)) };
  return body;
}

function maskJson(value: unknown, sent: (text: string) => string): unknown {
  if (typeof value === 'string') return sent(value);
  if (Array.isArray(value)) return value.map((inner) => maskJson(inner, sent));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name) && typeof inner !== 'object' ? MASK : maskJson(inner, sent),
    ]),
  );
}

/** `name=value` of a form, and `<name>value</name>` of XML. */
function maskText(text: string): string {
  return text
    .replace(/(^|&)([^=&\s]+)=([^&\s]*)/g, (whole, before: string, name: string) =>
      isSecretName(name) ? `${before}${name}=${MASK}` : whole,
    )
    .replace(/<([\w:.-]+)((?:\s[^<>]*)?)>([^<]*)<\/\1>/g, (whole, name: string, attributes: string) =>
      isSecretName(name) ? `<${name}${attributes}>${MASK}</${name}>` : whole,
    );
}
