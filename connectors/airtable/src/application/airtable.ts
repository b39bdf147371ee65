// Airtable, as one person.

import {
  Application,
  type ApplicationContext,
  type Auth,
  BearerAuth,
  field,
  form,
  OAuth2,
  packageVersion,
  path,
} from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { setting } from './places.ts';
import { webhooks } from './webhooks.ts';

const description = `Records and comments of bases, and a webhook for changes of records.

**By OAuth**: register an OAuth integration in the builder hub, with the callback address that this page shows and the scopes it asks
for, and fill in its client id and secret. **By token**: use "Airtable (token)" with a personal access token that has the scopes
*data.records:read*, *data.records:write*, *data.recordComments:read*, *data.recordComments:write*, *schema.bases:read* and
*webhook:manage*, and the bases it may reach.`;

/** With an OAuth integration. */
export class Airtable extends Application {
  readonly key: string = 'airtable';
  readonly name: string = 'Airtable';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://airtable.com';
  override readonly categories = ['database'];
  override readonly keywords = ['spreadsheet', 'base', 'table', 'records', 'no-code'];
  override readonly version = packageVersion(import.meta.url);
  readonly baseUrl = 'https://api.airtable.com';
  override readonly headers = { accept: 'application/json' };
  override readonly auth: Auth = new OAuth2({
    authorizationUrl: 'https://airtable.com/oauth2/v1/authorize',
    tokenUrl: 'https://airtable.com/oauth2/v1/token',
    scopes: [
      'data.records:read',
      'data.records:write',
      'data.recordComments:read',
      'data.recordComments:write',
      'schema.bases:read',
      'webhook:manage',
    ],
  });
  /** Of one base, which is what an install is mostly about. */
  override readonly limits = [{ amount: 5, windowMs: 1_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('base', 'Base', bases, { description: 'Used when a message names none.' }),
      field.select('table', 'Table', tables, {
        description: 'Used when a message names none. Its choices are those of the base, once that is saved.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { id, email } = (await api.send('/v0/meta/whoami')).json<{ id: string; email?: string }>();
    return `Connected as ${email ?? id}.`;
  }
}

/** With a personal access token. */
export class AirtableToken extends Airtable {
  override readonly key = 'airtable-token';
  override readonly name = 'Airtable (token)';
  override readonly auth = new BearerAuth(undefined, 'Personal access token');
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const choicesOf = (all: readonly Named[]) => all.map(({ id, name }) => ({ value: id, label: name }));

/** The first page, a thousand: a select is no place for more. */
async function bases({ api }: ApplicationContext) {
  return choicesOf((await api.send('/v0/meta/bases')).json<{ bases: Named[] }>().bases);
}

async function tables(context: ApplicationContext) {
  const at = path`/v0/meta/bases/${await setting('base', context)}/tables`;
  return choicesOf((await context.api.send(at)).json<{ tables: Named[] }>().tables);
}
