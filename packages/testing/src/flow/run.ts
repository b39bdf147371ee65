// One process of a flow, as of the last time the flow stood still.

import type { ProcessRecord } from '@sluice/engine';
import { type Body, decodeText } from './body.ts';
import type { Flow } from './flow.ts';

export class Run {
  readonly id: string;
  readonly #flow: Flow;
  #record: ProcessRecord | null = null;

  constructor(flow: Flow, id: string) {
    this.#flow = flow;
    this.id = id;
  }

  /** `running`, `completed`, `failed` or `cancelled`. */
  get status(): ProcessRecord['status'] {
    return this.#record?.status ?? 'running';
  }
  /** Messages of the process: all, those done, and those in trash. */
  get counts(): Pick<ProcessRecord, 'total' | 'done' | 'failed'> {
    const { total = 1, done = 0, failed = 0 } = this.#record ?? {};
    return { total, done, failed };
  }

  /** What its respond node answered, or null. */
  async answer(): Promise<Answered | null> {
    const content = await this.#flow.engine.reads.content(this.id);
    if (!content?.answer) return null;
    const { status, headers, contentType, payload } = content.answer;
    return new Answered({ status, headers, contentType, body: await this.#flow.engine.body(payload) });
  }

  /** Everything that happened in it, in lines. */
  journal(): Promise<string> {
    return this.#flow.journal(this.id);
  }

  /** @internal  called by the flow when it stands still */
  async refresh(): Promise<void> {
    this.#record = await this.#flow.engine.reads.process(this.id);
  }
}

export class Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: Body;

  constructor(answer: Pick<Answered, 'status' | 'headers' | 'contentType' | 'body'>) {
    this.status = answer.status;
    this.headers = answer.headers;
    this.contentType = answer.contentType;
    this.body = answer.body;
  }

  text(): string {
    return decodeText(this.body);
  }
  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T;
  }
}
