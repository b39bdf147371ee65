// Services behind an application: their address, the proof of an install, and the limits that all its users share.

import type { Dispatcher } from 'undici';

/** A request before it is known where it goes and who it is from. */
export interface Draft {
  /** Below the base address, with a leading slash and the query. */
  readonly path: string;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whole where the proof is made of it, else null. */
  readonly body: Uint8Array | null;
}

export interface Outgoing {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Connections that may be used; null = any. */
  readonly dispatcher: Dispatcher | null;
  /** Of the token that proves it: named when the service refuses it. Null = there is none to renew. */
  readonly token: number | null;
}

export interface Applications {
  /**
   * Why the platform cannot send requests of this application by itself, in words; null when it can.
   * @throws SluiceError `application.unknown`
   */
  problem(application: string): string | null;
  /** The proof is made of the body as well. */
  signsBody(application: string): boolean;
  /**
   * One permit of each limit of the application, waited for in line.
   * @returns to be called when the request has ended
   * @throws SluiceError `limit.reached`
   */
  permit(application: string, user: string, signal: AbortSignal): Promise<() => void>;
  /** The service said that it is full. @param untilMs  epoch; undefined = it did not say */
  full(application: string, user: string, untilMs: number | undefined): Promise<void>;
  /**
   * @param refused  the token that the service refused: another one is needed
   * @throws SluiceError `install.unknown`, `install.disabled`, … when the user has no install that is fit for use
   */
  outgoing(application: string, user: string, draft: Draft, refused?: number): Promise<Outgoing>;
}
