// A message as the author of a step sees it.

import { type Body, excerpt, type Headers, type StepCall } from '@sluice/protocol';
import { Fail } from './errors.ts';

/** What `with` may change; the rest stays as it is. */
export interface Change {
  /** New body as JSON. */
  readonly json?: unknown;
  /** New body as text or bytes. */
  readonly body?: Body;
  readonly headers?: Headers;
  readonly contentType?: string;
  readonly user?: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

export class Message {
  readonly #call: StepCall;
  readonly body: Body;
  readonly headers: Headers;
  readonly contentType: string;
  readonly user: string;

  constructor(call: StepCall, change: Partial<Pick<Message, 'body' | 'headers' | 'contentType' | 'user'>> = {}) {
    this.#call = call;
    this.body = change.body ?? call.body;
    this.headers = change.headers ?? call.headers;
    this.contentType = change.contentType ?? call.contentType;
    this.user = change.user ?? call.user;
  }

  get id(): string {
    return this.#call.messageId;
  }
  get processId(): string {
    return this.#call.processId;
  }
  get topology(): string {
    return this.#call.target.topology;
  }
  get node(): string {
    return this.#call.target.node;
  }
  /** From 1; grows with every repeat. */
  get attempt(): number {
    return this.#call.attempt;
  }
  /** The same for every attempt: give it to the remote side, so that a repeat has no second effect. */
  get idempotencyKey(): string {
    return this.#call.idempotencyKey;
  }

  /** @throws Fail when the body is not UTF-8 text */
  text(): string {
    if (typeof this.body === 'string') return this.body;
    try {
      return utf8.decode(this.body);
    } catch (cause) {
      throw new Fail(`The body was expected to be UTF-8 text; its ${this.body.byteLength} bytes are not.`, { cause });
    }
  }

  bytes(): Uint8Array {
    return typeof this.body === 'string' ? new TextEncoder().encode(this.body) : this.body;
  }

  /** @throws Fail when the body is not JSON */
  json<T = unknown>(): T {
    const text = this.text();
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new Fail(`The body was expected to be JSON, got: ${excerpt(text)}`, { cause });
    }
  }

  /** A message with some parts changed. */
  with(change: Change): Message {
    return new Message(this.#call, {
      body: change.json === undefined ? (change.body ?? this.body) : JSON.stringify(change.json),
      headers: change.headers ?? this.headers,
      contentType: change.contentType ?? (change.json === undefined ? this.contentType : 'application/json'),
      user: change.user ?? this.user,
    });
  }
}
