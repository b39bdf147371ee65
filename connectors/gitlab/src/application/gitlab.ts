// GitLab: gitlab.com by OAuth, any server by an access token.

import { ApiKeyAuth, Application, type ApplicationContext, faults, field, form, OAuth2 } from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Issues, merge requests, pipelines and files of GitLab, and webhooks for what happens to them.

**By OAuth**, for gitlab.com: make an application under *Preferences, Applications* with the callback address that this page shows and the scope
\`api\`, and fill in its id and secret. **By token**, for any server: use "GitLab (token)" with the name of the server and a personal, project or group
access token with the scope \`api\`.`;

const project = field.text('project', 'Project', {
  placeholder: 'group/project',
  description: 'Id or path; used when a message names none, and for webhooks.',
});

abstract class Server extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://about.gitlab.com';
  override readonly categories = ['development'] as const;
  override readonly headers = { accept: 'application/json' };
  /** Of gitlab.com, for one person. */
  override readonly limits = [{ amount: 2_000, windowMs: 60_000 }];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ message?: unknown; error?: string; error_description?: string }>('gitlab', {
    says: ({ message, error, error_description: more }) => [inWords(message), error, more],
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { username } = (await api.send('/user')).json<{ username: string }>();
    return `Connected as ${username}.`;
  }
}

/** gitlab.com, with an application. */
export class GitLab extends Server {
  readonly key = 'gitlab';
  readonly name = 'GitLab';
  readonly baseUrl = 'https://gitlab.com/api/v4';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://gitlab.com/oauth/authorize',
    tokenUrl: 'https://gitlab.com/oauth/token',
    revocationUrl: 'https://gitlab.com/oauth/revoke',
    scopes: ['api'],
    clientAuthentication: 'body',
  });
  override readonly forms = [form('settings', 'Settings', [project])];
}

/** Any server, with an access token. */
export class GitLabToken extends Server {
  readonly key = 'gitlab-token';
  readonly name = 'GitLab (token)';
  readonly baseUrl = 'https://{settings.host}/api/v4';
  override readonly auth = new ApiKeyAuth({ in: 'header', name: 'private-token', label: 'Access token' });
  override readonly forms = [
    form('settings', 'Settings', [
      field.text('host', 'Server', {
        required: true,
        placeholder: 'gitlab.com',
        description: 'Name, without https://.',
      }),
      project,
    ]),
  ];
}

/** A text, or by field what is wrong with it. */
function inWords(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  if (Array.isArray(message)) return message.join(', ');
  if (typeof message !== 'object' || message === null) return undefined;
  return Object.entries(message)
    .map(([name, wrong]) => `${name}: ${[wrong].flat().join(', ')}`)
    .join('; ');
}
