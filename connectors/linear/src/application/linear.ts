// Linear, over GraphQL: by OAuth, or by an API key.

import { ApiKeyAuth, Application, type ApplicationContext, type Auth, OAuth2 } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Issues, comments, projects and teams of a Linear workspace, and webhooks for what happens to them.

**By OAuth**: make an application under *Settings, API* with the callback address that this page shows, and fill in its client id and secret.
**By key**: use "Linear (key)" with a personal API key of *Settings, Security & access*; for webhooks it must be the key of an administrator.`;

/** With an application of the workspace. */
export class Linear extends Application {
  readonly key: string = 'linear';
  readonly name: string = 'Linear';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://linear.app';
  override readonly categories = ['projects', 'development'] as const;
  readonly baseUrl = 'https://api.linear.app';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://linear.app/oauth/authorize',
    tokenUrl: 'https://api.linear.app/oauth/token',
    revocationUrl: 'https://api.linear.app/oauth/revoke',
    scopes: ['read', 'write'],
    scopeSeparator: ',',
    clientAuthentication: 'body',
  });
  /** Of one person, in an hour; what a question costs counts as well. */
  override readonly limits = [{ amount: 1_500, windowMs: 3_600_000 }];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const query = '{ viewer { name organization { name } } }';
    const { data } = (await api.send('/graphql', { json: { query } })).json<{
      data: { viewer: { name: string; organization: { name: string } } };
    }>();
    return `Connected to ${data.viewer.organization.name} as ${data.viewer.name}.`;
  }
}

/** With the API key of a person, which is sent as it is. */
export class LinearToken extends Linear {
  override readonly key = 'linear-token';
  override readonly name = 'Linear (key)';
  override readonly auth = new ApiKeyAuth({ in: 'header', name: 'authorization', label: 'API key' });
}
