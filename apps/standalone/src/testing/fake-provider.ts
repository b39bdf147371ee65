// A service that reports events by webhook: it keeps subscriptions, signs what it delivers, and delivers again what was
// refused, when it is told to. With the application that subscribes to it.

import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Application, type ApplicationContext, field, form, signDelivery, type Webhook } from '@sluice/sdk';
import { closeNow, listening } from './loopback.ts';

export interface Subscribed {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly event: string;
  /** Account, as its requests say it. */
  readonly account: string;
}

export interface FireOptions {
  readonly id?: string;
  readonly secret?: string;
  /** Epoch ms at which it is signed. */
  readonly at?: number;
  /** What arrives, when it is not what was signed. */
  readonly sent?: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class FakeProvider {
  readonly subscriptions = new Map<string, Subscribed>();
  readonly requests: string[] = [];
  url = '';
  down = false;
  /** Between a new subscription and the answer to it. */
  onSubscribed: () => void | Promise<void> = () => {};
  #server: Server | null = null;
  #made = 0;

  async open(): Promise<this> {
    this.#server = createServer(async (request, response) => {
      const { status, body } = await this.#answer(request);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    this.url = await listening(this.#server);
    return this;
  }

  close(): void {
    if (this.#server) closeNow(this.#server);
  }

  of(account: string): Subscribed[] {
    return [...this.subscriptions.values()].filter((one) => one.account === account);
  }

  /** Deliver to a subscription, signed as its event is. */
  fire(
    { url, secret, event }: Pick<Subscribed, 'url' | 'secret' | 'event'>,
    payload: string | Uint8Array,
    options: FireOptions = {},
  ): Promise<Response> {
    const { id, at = Date.now(), sent = payload, contentType = 'application/json', headers } = options;
    const { verification = { kind: 'address' } } = EVENTS.find(({ name }) => name === event) ?? {};
    const proof = signDelivery(verification, options.secret ?? secret, payload, at);
    const to = new URL(url);
    for (const [name, value] of Object.entries(proof.query)) to.searchParams.set(name, value);
    return fetch(to, {
      method: 'POST',
      headers: { 'content-type': contentType, ...proof.headers, ...(id ? { 'x-delivery': id } : {}), ...headers },
      body: sent,
    });
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method, url = '' } = request;
    this.requests.push(`${method} ${url}`);
    if (this.down) return { status: 503, body: { error: 'maintenance' } };
    const account = String(request.headers['x-account']);
    const { pathname } = new URL(url, 'http://localhost');
    const id = pathname.split('/')[2];
    if (method === 'POST') {
      const made = { id: `sub-${++this.#made}`, account, ...(JSON.parse(text) as Omit<Subscribed, 'id' | 'account'>) };
      this.subscriptions.set(made.id, made);
      await this.onSubscribed();
      return { status: 201, body: { id: made.id } };
    }
    if (method === 'GET') return { status: 200, body: this.of(account) };
    const gone = this.subscriptions.delete(id ?? '');
    return gone ? { status: 200, body: {} } : { status: 404, body: { error: 'gone' } };
  }
}

/** What the provider signs `renewed` with, whatever it was asked to. */
export const GIVEN = 'made by the provider';

type EventOf = Pick<Webhook, 'name' | 'verification' | 'handshake' | 'deliveryIdHeader' | 'secretField' | 'parameters'>;

/** One event for each way in which services prove who they are. */
const EVENTS: readonly EventOf[] = [
  { name: 'github', verification: { kind: 'github' } },
  { name: 'stripe', verification: { kind: 'stripe' } },
  { name: 'shopify', verification: { kind: 'shopify' } },
  { name: 'slack', verification: { kind: 'slack' }, handshake: 'slack', secretField: 'credentials.signingSecret' },
  {
    name: 'hmac',
    verification: {
      kind: 'hmac',
      header: 'X-Signature',
      algorithm: 'sha512',
      encoding: 'base64',
      prefix: '',
      timestampHeader: 'X-Signed-At',
      separator: '.',
    },
  },
  { name: 'token', verification: { kind: 'token', in: 'header', name: 'X-Token' }, deliveryIdHeader: 'X-Delivery' },
  { name: 'query-token', verification: { kind: 'token', in: 'query', name: 'token' } },
  { name: 'address', verification: { kind: 'address' }, deliveryIdHeader: 'X-Delivery' },
  { name: 'renewed', verification: { kind: 'github' } },
  { name: 'meta', verification: { kind: 'address' }, handshake: 'meta' },
  { name: 'graph', verification: { kind: 'address' }, handshake: 'microsoft-graph' },
  { name: 'challenge', verification: { kind: 'address' }, handshake: 'challenge' },
  {
    name: 'order.created',
    verification: { kind: 'github' },
    deliveryIdHeader: 'X-Delivery',
    parameters: form('parameters', 'Parameters', [field.text('shop', 'Shop')]),
  },
];

/** The application of the fake provider. */
export class FakeShop extends Application {
  readonly key = 'shop';
  readonly name = 'Shop';
  override readonly categories = ['commerce', 'crm'] as const;
  override readonly package = { name: 'fake-shop', version: '2.1.0' };
  readonly baseUrl: string;
  override readonly forms = [
    form('credentials', 'Credentials', [
      field.text('account', 'Account'),
      field.password('signingSecret', 'Signing secret'),
    ]),
  ];
  override readonly webhooks: readonly Webhook[] = EVENTS.map((event) => this.#webhook(event));

  constructor(url: string) {
    super();
    this.baseUrl = url;
  }

  #webhook(event: EventOf): Webhook {
    const { name } = event;
    return {
      ...event,
      subscribe: async ({ url, secret }, context) => {
        const answer = await context.api.send('/subscriptions', {
          method: 'POST',
          headers: await accountOf(context),
          json: { url, secret, event: name },
        });
        const reference = answer.json<{ id: string }>().id;
        // Some make the secret themselves, and end after a while.
        return name === 'renewed' ? { reference, secret: GIVEN, expiresAt: context.now() + 2_000 } : { reference };
      },
      unsubscribe: async (reference, context) => {
        await context.api.send(`/subscriptions/${String(reference)}`, {
          method: 'DELETE',
          headers: await accountOf(context),
          rules: { 404: 'ok' },
        });
      },
      list: async (context) => {
        const answer = await context.api.send('/subscriptions', { headers: await accountOf(context) });
        return answer
          .json<{ id: string; url: string; event: string }[]>()
          .filter((one) => one.event === name)
          .map(({ id, url }) => ({ reference: id, url }));
      },
    };
  }
}

async function accountOf(context: ApplicationContext): Promise<Record<string, string>> {
  const install = await context.install();
  return { 'x-account': install.value<string>('credentials', 'account') ?? context.user };
}
