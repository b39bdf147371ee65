// A service with an application by OAuth 2, as a process of its own: `node orders-service.js PROVIDER`, told by the
// environment where the platform is.

import { pathToFileURL } from 'node:url';
import { Application, Connector, type Context, join, type Message, OAuth2 } from '@sluice/sdk';

export class Orders extends Application {
  readonly key: string = 'orders';
  readonly name: string = 'Orders of this machine';
  readonly baseUrl: string;
  override readonly auth: OAuth2;

  constructor(provider: string, options: Partial<ConstructorParameters<typeof OAuth2>[0]> = {}) {
    super();
    this.baseUrl = `${provider}/api`;
    this.auth = new OAuth2({
      authorizationUrl: `${provider}/auth`,
      tokenUrl: `${provider}/token`,
      revocationUrl: `${provider}/token/revocation`,
      deviceAuthorizationUrl: `${provider}/device/auth`,
      scopes: ['orders', 'offline_access'],
      authorizationParameters: { prompt: 'consent' },
      ...options,
    });
  }
}

export class GetOrders extends Connector {
  readonly name: string = 'get-orders';
  override readonly application: Orders;

  constructor(application: Orders) {
    super();
    this.application = application;
  }

  async process(_message: Message, context: Context) {
    return (await context.api.send('orders')).json();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  const application = new Orders(process.argv[2]!);
  join({ steps: [new GetOrders(application)], applications: [application] });
}
