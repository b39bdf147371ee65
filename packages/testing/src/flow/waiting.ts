// A message that waits for a person: in trash, or in a user task.

import type { Edit, Engine, StepRecord } from '@sluice/engine';
import type { Harness } from '@sluice/engine/harness';
import { SluiceError } from '@sluice/protocol';
import { type Body, decodeText } from './body.ts';

export class Waiting {
  readonly id: string;
  readonly processId: string;
  readonly node: string;
  readonly user: string;
  readonly code: string | null;
  readonly reason: string | null;
  readonly attempts: StepRecord['attempts'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly #harness: Harness;

  constructor(harness: Harness, step: StepRecord, body: Body) {
    this.#harness = harness;
    this.id = step.message.id;
    this.processId = step.message.processId;
    this.node = step.node;
    this.user = step.message.user;
    this.code = step.code;
    this.reason = step.reason;
    this.attempts = step.attempts;
    this.headers = step.message.headers;
    this.body = body;
  }

  text(): string {
    return decodeText(this.body);
  }
  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T;
  }

  /** From trash back into its queue, perhaps edited. */
  replay(edit: Edit = {}): Promise<void> {
    return this.#act((engine) => engine.interventions.replayTrash(this.id, edit));
  }
  discard(): Promise<void> {
    return this.#act((engine) => engine.interventions.discardTrash(this.id));
  }
  /** A task is done: the message goes on, perhaps edited. */
  accept(edit: Edit = {}): Promise<void> {
    return this.#act((engine) => engine.interventions.acceptTask(this.id, edit));
  }
  reject(): Promise<void> {
    return this.#act((engine) => engine.interventions.rejectTask(this.id));
  }

  /** A person whose click got lost in a crash clicks again, and learns that it had been taken. */
  async #act(act: (engine: Engine) => Promise<void>): Promise<void> {
    let again = false;
    await this.#harness.persist(async (engine) => {
      const first = !again;
      again = true;
      await act(engine).catch((error: unknown) => {
        if (first || !(error instanceof SluiceError && error.code === 'message.unknown')) throw error;
      });
    });
  }
}
