// Bitbucket Cloud: by OAuth, or by an access token of a workspace, project or repository.

import {
  Application,
  type ApplicationContext,
  type Auth,
  BearerAuth,
  faults,
  field,
  form,
  OAuth2,
  path,
} from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Repositories, pull requests, branches and pipelines of Bitbucket Cloud, and webhooks for what happens to them.

**By OAuth**: make a consumer in the settings of the workspace with the callback address that this page shows and the permissions for repositories, pull
requests, pipelines and webhooks, and fill in its key and secret. **By token**: use "Bitbucket (token)" with an access token of a workspace, project or repository.`;

/** With a consumer of a workspace, which has the scopes. */
export class Bitbucket extends Application {
  readonly key: string = 'bitbucket';
  readonly name: string = 'Bitbucket';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://bitbucket.org';
  override readonly categories = ['development'] as const;
  readonly baseUrl = 'https://api.bitbucket.org/2.0';
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://bitbucket.org/site/oauth2/authorize',
    tokenUrl: 'https://bitbucket.org/site/oauth2/access_token',
    pkce: false,
  });
  override readonly headers = { accept: 'application/json' };
  /** Of one person, in an hour. */
  override readonly limits = [{ amount: 1_000, windowMs: 3_600_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('workspace', 'Workspace', {
        required: true,
        placeholder: 'octo',
        description: 'As in the address of its page.',
      }),
      field.text('repository', 'Repository', {
        placeholder: 'doors',
        description: 'Used when a message names none, and for webhooks.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ error: { message?: string; detail?: string } }>('bitbucket', {
    says: ({ error: { message, detail } }) => [message, detail],
  });

  /** A token of a repository is of no person: its workspace is asked instead. */
  override async test(context: ApplicationContext): Promise<string> {
    const workspace = (await context.install()).text('settings', 'workspace');
    const query = { pagelen: 1 };
    const answer = await context.api.send(path`/repositories/${workspace}`, { query });
    const [first] = answer.json<{ values: { full_name: string }[] }>().values;
    return first
      ? `Connected: ${first.full_name} can be seen.`
      : `Connected: no repository of ${workspace} can be seen.`;
  }
}

/** With an access token, which is of no person. */
export class BitbucketToken extends Bitbucket {
  override readonly key = 'bitbucket-token';
  override readonly name = 'Bitbucket (token)';
  override readonly auth = new BearerAuth(undefined, 'Access token');
}
