// The cookie of a session: unreadable for scripts, never sent along by other sites.

import { parse, serialize } from 'cookie';
import type { FastifyReply } from 'fastify';

const NAME = 'sluice_session';

export class SessionCookie {
  readonly #secure: boolean;
  readonly #name: string;

  /** @param secure  people reach the platform by TLS; then no other host and no plain request can set it */
  constructor(secure: boolean) {
    this.#secure = secure;
    this.#name = secure ? `__Host-${NAME}` : NAME;
  }

  /** @param header  the header Cookie */
  read(header: string): string | undefined {
    return header.includes(this.#name) ? parse(header)[this.#name] : undefined;
  }

  set(reply: FastifyReply, secret: string, expiresAt: number): void {
    this.#write(reply, secret, new Date(expiresAt));
  }

  clear(reply: FastifyReply): void {
    this.#write(reply, '', new Date(0));
  }

  #write(reply: FastifyReply, value: string, expires: Date): void {
    reply.header(
      'set-cookie',
      serialize(this.#name, value, { httpOnly: true, sameSite: 'strict', secure: this.#secure, path: '/', expires }),
    );
  }
}

/** What a browser brings back from the OpenID provider: it comes from another site, so the cookie is lax, and short-lived. */
export class OidcCookie {
  readonly #secure: boolean;
  readonly #name: string;

  constructor(secure: boolean) {
    this.#secure = secure;
    this.#name = secure ? '__Host-sluice_oidc' : 'sluice_oidc';
  }

  read(header: string): string | undefined {
    return parse(header)[this.#name];
  }

  set(reply: FastifyReply, value: string): void {
    this.#write(reply, value, 600);
  }

  clear(reply: FastifyReply): void {
    this.#write(reply, '', 0);
  }

  #write(reply: FastifyReply, value: string, maxAge: number): void {
    reply.header(
      'set-cookie',
      serialize(this.#name, value, { httpOnly: true, sameSite: 'lax', secure: this.#secure, path: '/', maxAge }),
    );
  }
}
