// Questions to an existing worker about its applications: addresses of both generations, and answers in our words.

import { asciiJson, SluiceError } from '@sluice/protocol';
import type { ExistingPort, ExistingResponse, ExistingWorker } from './port.ts';
import { wordsOf } from './words.ts';

const TIMEOUT_MS = 30_000;

/** An application at the worker that has it. */
export interface Place {
  readonly worker: ExistingWorker;
  readonly application: string;
}

export interface Question {
  /** What is done, for the words of a failure. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** What of the question must not come back in words. */
  readonly secrets?: readonly string[];
}

/**
 * Address of an install.
 * @throws SluiceError `request.invalid` for a user that would lead elsewhere
 */
export function installPath({ worker, application }: Place, user: string, begin = ''): string {
  // It writes the name of a user into the query of its own questions as it is.
  if (/[#&%+]/.test(user))
    throw new SluiceError('request.invalid', {
      problems: [`workers of the existing wire cannot keep a user with #, &, % or + in the name, got "${user}"`],
    });
  const { worker: name, offer } = worker;
  const sdk = offer.generation === 5 ? `/sdk/${segment(name)}` : '';
  return `${begin}/applications/${segment(application)}/users/${segment(user)}${sdk}`;
}

/** Address of all installs of a user. */
export function userPath({ worker, offer }: ExistingWorker, user: string): string {
  return `/applications/users/${segment(user)}${offer.generation === 5 ? `/sdk/${segment(worker)}` : ''}`;
}

export function limitsPath({ worker, offer }: ExistingWorker): string {
  return offer.generation === 5 ? `/applications/sdk/${segment(worker)}/limits` : '/applications/limits';
}

/** One part of a path. A text of dots would climb out of it. */
export function segment(text: string): string {
  if (/^\.{0,2}$/.test(text)) throw new SluiceError('request.invalid', { problems: [`"${text}" is no name`] });
  return encodeURIComponent(text);
}

export class ExistingClient {
  readonly #port: ExistingPort;

  constructor(port: ExistingPort) {
    this.#port = port;
  }

  /**
   * @returns the JSON it answered
   * @throws SluiceError `application.away`, `application.failed`, `application.broken_answer`
   */
  async ask(place: Place, question: Question): Promise<unknown> {
    const { method, path, body } = question;
    const text = body === undefined ? {} : { body: asciiJson(body) };
    const response = await this.send(place, { method, path, ...text, timeoutMs: TIMEOUT_MS });
    const answer = json(response);
    if (response.status >= 200 && response.status < 300 && answer !== undefined) return answer;
    throw refusal(place, question, response);
  }

  /** @throws SluiceError `application.away` */
  async send(place: Place, request: Parameters<ExistingPort['request']>[1]): Promise<ExistingResponse> {
    const { application, worker } = place;
    try {
      return await this.#port.request(worker.worker, request);
    } catch (cause) {
      throw new SluiceError('application.away', { application, worker: worker.worker }, { cause });
    }
  }
}

/** What the worker meant by an answer that is no success. */
export function refusal(
  { worker, application }: Place,
  { operation, secrets }: Pick<Question, 'operation' | 'secrets'>,
  response: ExistingResponse,
): SluiceError {
  const { status, contentType } = response;
  const { message } = (json(response) ?? {}) as { message?: unknown };
  if (status >= 400 && typeof message === 'string') {
    const details = { application, operation, code: 'existing.refused', reason: wordsOf(message, secrets) };
    return new SluiceError('application.failed', details) as unknown as SluiceError;
  }
  const problem = `status ${status} with ${contentType || 'no content type'}, JSON was expected`;
  const details = { application, worker: worker.worker, problem };
  return new SluiceError('application.broken_answer', details) as unknown as SluiceError;
}

/** @returns undefined when it is no JSON object or list */
export function json({ body }: ExistingResponse): unknown {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
