// Trello, as one person, with the key of an app and the token that the person gave it.

import {
  Application,
  type ApplicationContext,
  type Auth,
  credential,
  credentialsForm,
  faults,
  field,
  form,
  type HttpRequest,
  type Install,
} from '@sluice/sdk';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const description = `Boards, lists, cards and checklists of Trello, and a webhook for what happens on a board, list or card.

Make a Power-Up at https://trello.com/power-ups/admin: under *API key* there is the key, and beside it a link by which a person gives a token.`;

/** Key and token in a header: in an address they would end up in logs. */
class TrelloAuth implements Auth {
  readonly form = credentialsForm([
    field.text('key', 'API key', { required: true }),
    field.password('token', 'Token', { required: true }),
  ]);

  sign(request: HttpRequest, install: Install | null = null): HttpRequest {
    const [key, token] = [credential(install, 'key'), credential(install, 'token')];
    const authorization = `OAuth oauth_consumer_key="${key}", oauth_token="${token}"`;
    return { ...request, headers: { ...request.headers, authorization } };
  }
}

export class Trello extends Application {
  readonly key = 'trello';
  readonly name = 'Trello';
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://trello.com';
  override readonly categories = ['projects'] as const;
  readonly baseUrl = 'https://api.trello.com/1';
  override readonly auth = new TrelloAuth();
  override readonly headers = { accept: 'application/json' };
  /** Of one token. */
  override readonly limits = [{ amount: 100, windowMs: 10_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('board', 'Board', boards, { description: 'Used when a message names none.' }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = faults<{ message?: string; error?: string }>('trello', {
    says: ({ message, error }) => [message, error],
    pauseMs: 10_000,
  });

  override async test({ api }: ApplicationContext): Promise<string> {
    const query = { fields: 'fullName' };
    const { fullName } = (await api.send('/members/me', { query })).json<{ fullName: string }>();
    return `Connected as ${fullName}.`;
  }
}

async function boards({ api }: ApplicationContext) {
  const query = { filter: 'open', fields: 'name' };
  const found = (await api.send('/members/me/boards', { query })).json<{ id: string; name: string }[]>();
  return found.map(({ id, name }) => ({ value: id, label: name }));
}
