// Bodies that do not go on: a client that sends a byte now and then would hold a connection, and what waits for it, for ever.
//
// Looked at by one timer for all of them. What came is counted by the connection, so bodies pass as they are. While there is
// something that was not read yet, it is not the client who is slow.

import type { IncomingMessage } from 'node:http';

/** In each look a body that goes on brings at least so much, or its end. */
const LEAST_BYTES = 512;

interface Watched {
  readonly tooSlow: () => void;
  seen: number;
}

export class SlowBodies {
  readonly idleMs: number;
  readonly #watched = new Map<IncomingMessage, Watched>();
  readonly #timer: NodeJS.Timeout;

  constructor(idleMs: number) {
    this.idleMs = idleMs;
    this.#timer = setInterval(() => this.#look(), idleMs);
    this.#timer.unref();
  }

  /** @param tooSlow  called once, at the earliest after `idleMs` */
  watch(request: IncomingMessage, tooSlow: () => void): void {
    // The first look comes at any moment: it only begins to count.
    this.#watched.set(request, { tooSlow, seen: Number.NEGATIVE_INFINITY });
    request.once('close', () => this.#watched.delete(request));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const [request, watched] of this.#watched) {
      if (request.complete || request.destroyed) {
        this.#watched.delete(request);
        continue;
      }
      const { bytesRead } = request.socket;
      const waitsForUs = request.readableLength > 0;
      if (!waitsForUs && bytesRead - watched.seen < LEAST_BYTES) {
        this.#watched.delete(request);
        watched.tooSlow();
      } else watched.seen = bytesRead;
    }
  }
}
