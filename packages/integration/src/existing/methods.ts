// Synchronous methods of existing applications.

import { HTTP_METHODS, type HttpMethod, SluiceError } from '@sluice/protocol';
import { type ExistingClient, type Place, refusal, segment } from './client.ts';

const TIMEOUT_MS = 60_000;
const NON_ASCII = /[\u007f-\uffff]/g;

export interface ExistingMethodRequest {
  readonly method: HttpMethod;
  /** With its question mark, or empty. */
  readonly query: string;
  /** JSON; empty for none. */
  readonly body: string;
  readonly timeoutMs?: number;
}

export interface ExistingMethodAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * Call a synchronous method at the worker that has it. With GET the method gets nothing of the request; with others it
 * gets the body as text, and the query.
 * @returns what it answered, a status below 300
 * @throws SluiceError `application.no_such_part`, `request.invalid`, `application.away`, `.failed`, `.broken_answer`
 */
export async function callExistingMethod(
  client: ExistingClient,
  place: Place,
  name: string,
  { method, query, body, timeoutMs = TIMEOUT_MS }: ExistingMethodRequest,
): Promise<ExistingMethodAnswer> {
  const { application, worker } = place;
  const methods = worker.offer.applications.find(({ key }) => key === application)?.methods ?? [];
  if (!methods.includes(name))
    throw new SluiceError('application.no_such_part', { application, part: 'method', name, known: methods });
  if (!HTTP_METHODS.includes(method))
    throw new SluiceError('request.invalid', { problems: [`${method} is not taken`] });
  const path = `/applications/${segment(application)}/sync/${segment(name)}${query}`;
  const text = method === 'GET' || body === '' ? {} : { body: ascii(body) };
  const response = await client.send(place, { method, path, ...text, timeoutMs });
  const { status } = response;
  if (status < 200 || status >= 300) throw refusal(place, { operation: name }, response);
  // It answers the type of a text twice, one after the other.
  const [contentType = ''] = response.contentType.split(',');
  return { status, contentType: contentType.trim(), body: response.body };
}

/**
 * The same JSON in ASCII, number for number. A worker is ended by a body that is none.
 * @throws SluiceError `request.invalid`
 */
function ascii(json: string): string {
  try {
    JSON.parse(json);
  } catch (error) {
    const problem = `workers of the existing wire take JSON only: ${(error as Error).message}`;
    throw new SluiceError('request.invalid', { problems: [problem] });
  }
  return json.replace(NON_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
