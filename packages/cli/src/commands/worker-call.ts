import { readFileSync } from 'node:fs';
import type { StepKind } from '@sluice/protocol';
import { connect } from '../connection.ts';

export interface CallOptions {
  readonly body?: string;
  readonly type?: string;
  readonly user?: string;
  readonly kind?: StepKind;
  readonly cursor?: string;
  readonly timeout?: string;
  readonly wait?: string;
}

/** What the step gives goes to the standard output as it is. */
export async function callAction(worker: string, action: string, options: CallOptions): Promise<void> {
  const { body = '', type = 'application/json', ...rest } = options;
  const result = await connect().sync.call(worker, action, { ...rest, body: readBody(body), contentType: type });
  process.stdout.write(result.bytes);
  if (process.stdout.isTTY) process.stdout.write('\n');
}

/** `@file`, `@-` for the standard input, or the text itself. */
function readBody(text: string): string | Uint8Array {
  if (!text.startsWith('@')) return text;
  return readFileSync(text === '@-' ? 0 : text.slice(1));
}
