// Notion, as an integration of one workspace: by OAuth, or by its secret.

import { Application, type ApplicationContext, type Auth, BearerAuth, faults, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';

const description = `Pages, databases, blocks and comments of a Notion workspace.

**By OAuth**: make a public integration at https://www.notion.so/profile/integrations with the callback address that this page shows, and fill in its
client id and secret. **By token**: make an internal integration and use "Notion (token)" with its secret. Either way Notion shows an integration
only those pages that somebody has connected to it.`;

/** With a public integration. */
export class Notion extends Application {
  readonly key: string = 'notion';
  readonly name: string = 'Notion';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://www.notion.com';
  override readonly categories = ['documents', 'databases', 'projects'] as const;
  readonly baseUrl = 'https://api.notion.com/v1';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://api.notion.com/v1/oauth/authorize',
    tokenUrl: 'https://api.notion.com/v1/oauth/token',
    authorizationParameters: { owner: 'user' },
    pkce: false,
  });
  override readonly headers = { accept: 'application/json', 'notion-version': '2022-06-28' };
  /** Three a second on the average. */
  override readonly limits = [{ amount: 30, windowMs: 10_000 }];
  override readonly read = faults<{ code?: string; message?: string }>('notion', {
    says: ({ message }) => message,
    name: ({ code }) => code,
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { name } = (await api.send('/users/me')).json<{ name: string | null }>();
    return `Connected as ${name ?? 'an integration without a name'}.`;
  }
}

/** With the secret of an internal integration. */
export class NotionToken extends Notion {
  override readonly key = 'notion-token';
  override readonly name = 'Notion (token)';
  override readonly auth = new BearerAuth(undefined, 'Secret of the integration');
}
