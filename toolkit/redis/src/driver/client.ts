// One connection. Answers are bytes: whether they are texts is said where they are read.

import { createClient, RESP_TYPES } from '@redis/client';
import { accountOf, type Install, setting, targetOf, tlsOf, withDeadline } from '@sluice/sdk';

const TIMEOUT_MS = 30_000;

export type Reply = Buffer | string | number | null | readonly Reply[];

export class RedisClient {
  readonly #client: ReturnType<typeof connectionOf>;

  private constructor(client: ReturnType<typeof connectionOf>) {
    this.#client = client;
  }

  static async open(install: Install, port: number): Promise<RedisClient> {
    const client = connectionOf(install, port);
    // Said by whatever is asked of it.
    client.on('error', () => {});
    await client.connect();
    return new RedisClient(client);
  }

  get closed(): boolean {
    return !this.#client.isReady;
  }

  ask(command: readonly (string | Buffer | number)[]): Promise<Reply> {
    const args = command.map((part) => (typeof part === 'number' ? String(part) : part));
    const answer = this.#client.sendCommand(args, {
      typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer },
    }) as Promise<Reply>;
    return withDeadline(answer, { ms: TIMEOUT_MS, what: `Redis (${String(command[0])})` });
  }

  async close(): Promise<void> {
    if (this.#client.isReady) await this.#client.close();
    else if (this.#client.isOpen) this.#client.destroy();
  }
}

function connectionOf(install: Install, port: number) {
  const target = targetOf(install, port);
  const tls = tlsOf(install);
  const { user, password } = accountOf(install);
  return createClient({
    RESP: 2,
    socket: {
      ...target,
      ...(tls ? { ...tls, tls: true as const } : {}),
      connectTimeout: 10_000,
      // Broken is broken: the next step opens a new one, and its address is judged anew.
      reconnectStrategy: false,
    } as never,
    database: Number(setting(install, 'database', 0)),
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    name: 'sluice',
  });
}
