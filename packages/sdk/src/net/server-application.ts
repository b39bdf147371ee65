// A server that is reached by a protocol of its own: where it is, how it proves itself, and a client that is kept.

import { Application } from '../application/application.ts';
import type { ApplicationContext } from '../application/context.ts';
import type { Install } from '../application/install.ts';
import type { Verdict } from '../step/errors.ts';
import type { ClientSource } from './clients.ts';
import { connectionTrouble } from './trouble.ts';

export abstract class ServerApplication<C> extends Application implements ClientSource<C> {
  /** Nothing of it is reached by HTTP. */
  override readonly baseUrl: string = '';

  abstract open(install: Install): Promise<C>;
  abstract close(client: C): unknown;
  broken?(client: C): boolean;
  /** What an error of its client means for the message; null when it says nothing. */
  verdict?(error: unknown): Verdict | null;

  /**
   * Work with the client of whoever the context works for.
   * @throws Verdict for whatever is known to go wrong
   */
  async use<R>(context: ApplicationContext, work: (client: C, install: Install) => Promise<R>): Promise<R> {
    try {
      const install = await context.install();
      return await context.clients.use(this, install, (client) => work(client, install));
    } catch (error) {
      throw connectionTrouble(error, this.name) ?? this.verdict?.(error) ?? error;
    }
  }
}
