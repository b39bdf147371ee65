// A WordPress site, over the REST API of its core.

import { Application, type ApplicationContext, BasicAuth, faults, field, form } from '@sluice/sdk';
import { logo } from './logo.ts';

const description = `Posts, pages, media, comments, categories, tags and users of a site.

Make an *application password* in the profile of a user (*Users → Profile → Application Passwords*; the site has to be reached by
https) and fill in the name of that user and the password. The connectors may do what this user may: an editor cannot list e-mail addresses.`;

interface Problem {
  readonly code?: string;
  readonly message?: string;
}

export class WordPress extends Application {
  readonly key = 'wordpress';
  readonly name = 'WordPress';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://wordpress.org';
  override readonly categories = ['content'] as const;
  readonly baseUrl = '{settings.site}/wp-json/wp/v2';
  override readonly auth = new BasicAuth(undefined, { user: 'User name', password: 'Application password' });
  override readonly headers = { accept: 'application/json' };
  /** Core has no limit; what a small host bears. */
  override readonly limits = [{ amount: 20, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.url('site', 'Address of the site', {
        required: true,
        placeholder: 'https://blog.example.com',
        description: 'Without /wp-json; with the folder, when WordPress stands in one.',
      }),
    ]),
  ];
  override readonly read = faults<Problem>('wordpress', { says: ({ code, message }) => [code, message] });

  override async test({ api }: ApplicationContext): Promise<string> {
    const { name, roles = [] } = (await api.send('/users/me', { query: { context: 'edit' } })).json<{
      name: string;
      roles?: readonly string[];
    }>();
    return `Connected as ${name} (${roles.join(', ') || 'no role'}).`;
  }
}
