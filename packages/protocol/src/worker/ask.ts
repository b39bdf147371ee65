// What a worker asks of the platform while it works: credentials of a user, a fresh token, storage. By link as a frame,
// by http as a POST with the token of the worker.

import { z } from 'zod';
import type { AccessToken } from '../application/auth.ts';
import { type Json, JsonShape, type Settings } from '../application/form.ts';
import type { Problem } from '../errors.ts';
import { DataActSchema } from './data-act.ts';

/** Where http workers ask. */
export const ASK_PATH = '/api/v1/ask';

const Name = z.string().min(1).max(200);
const Install = { application: Name, user: Name };

export const AskSchema = z.discriminatedUnion('ask', [
  /** Settings in clear and a token that is good for a while. */
  z.strictObject({ ask: z.literal('install'), ...Install }),
  /** The service refused the token of this revision: get another one. */
  z.strictObject({ ask: z.literal('refresh'), ...Install, rejected: z.number().int() }),
  /** Replace the clear values of an install, those that can be searched for. */
  z.strictObject({ ask: z.literal('clear-values'), ...Install, values: z.record(Name, JsonShape) }),
  /** A permit for one call of the application's service, waited for in line; → null. */
  z.strictObject({ ask: z.literal('permit'), ...Install, waitMs: z.number().int().min(0).max(60_000) }),
  /**
   * Data that steps keep: of one user, or of all (`user` null); of an application, whichever worker has its code, or, without
   * one, of this worker.
   */
  z.strictObject({ ask: z.literal('data'), application: Name.nullable(), user: Name.nullable(), data: DataActSchema }),
]);
export type Ask = z.infer<typeof AskSchema>;

/** An install as its worker sees it. */
export interface InstallForWorker {
  readonly application: string;
  readonly user: string;
  readonly enabled: boolean;
  /** Grows with every change of what was filled in. */
  readonly revision: number;
  /** Secrets included, in clear. */
  readonly settings: Settings;
  readonly token: AccessToken | null;
  /** Values the application wants to be found by. */
  readonly clear: Readonly<Record<string, Json>>;
}

export interface AskAnswers {
  readonly install: InstallForWorker;
  readonly refresh: InstallForWorker;
  readonly 'clear-values': null;
  readonly permit: null;
  /** See `DataAnswers`. */
  readonly data: unknown;
}

export type AskResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };
