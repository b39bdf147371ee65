// Google Calendar, as a person or as a service account.

import { Application, type ApplicationContext, field, form, OAuth2 } from '@sluice/sdk';
import { readAnswer } from './answers.ts';
import { logo } from './logo.ts';
import { webhooks } from './webhooks.ts';

const SCOPE = 'https://www.googleapis.com/auth/calendar';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';

const description = `Calendars, events, free time and who may see it, and a notification when events change.

**By OAuth**: make an OAuth client of the type *Web application* in the Google Cloud console, with the callback address that this
page shows, enable the *Google Calendar API*, and fill in client id and secret. **As a service account**: use "Google Calendar (service
account)" with the e-mail address and the private key of its JSON key, and share calendars with that address.`;

abstract class Calendars extends Application {
  override readonly description = description;
  override readonly logo = logo;
  override readonly website = 'https://workspace.google.com/products/calendar/';
  override readonly categories = ['calendar'] as const;
  readonly baseUrl = 'https://www.googleapis.com/calendar/v3';
  override readonly headers = { accept: 'application/json' };
  /** Of one person in one project. */
  override readonly limits = [{ amount: 600, windowMs: 60_000 }];
  override readonly forms = [
    form('settings', 'Settings', [
      field.select('calendar', 'Calendar', calendars, {
        required: true,
        default: 'primary',
        description: 'Used when a message names none.',
      }),
    ]),
  ];
  override readonly webhooks = webhooks;
  override readonly read = readAnswer;

  override async test({ api }: ApplicationContext): Promise<string> {
    const { items } = (
      await api.send('/users/me/calendarList', { query: { maxResults: 250, fields: 'items(id)' } })
    ).json<{
      items: readonly unknown[];
    }>();
    return `Connected: ${items.length} ${items.length === 1 ? 'calendar' : 'calendars'}.`;
  }
}

/** As a person. */
export class GoogleCalendar extends Calendars {
  readonly key = 'google-calendar';
  readonly name = 'Google Calendar';
  override readonly auth = new OAuth2({
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: TOKEN_URL,
    revocationUrl: 'https://oauth2.googleapis.com/revoke',
    scopes: [SCOPE],
    clientAuthentication: 'body',
    // Without these Google gives no refresh token, or only the first time.
    authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  });
}

/** As a service account: nobody has to agree, it sees what is shared with it. */
export class GoogleCalendarService extends Calendars {
  readonly key = 'google-calendar-service';
  readonly name = 'Google Calendar (service account)';
  override readonly auth = new OAuth2({
    grant: 'jwt-bearer',
    tokenUrl: TOKEN_URL,
    clientAuthentication: 'none',
    assertion: { issuer: '{credentials.clientId}', audience: TOKEN_URL, algorithm: 'RS256', claims: { scope: SCOPE } },
  });
}

async function calendars({ api }: ApplicationContext) {
  const query = { maxResults: 250, fields: 'items(id,summary)' };
  const { items } = (await api.send('/users/me/calendarList', { query })).json<{
    items: readonly { readonly id: string; readonly summary: string }[];
  }>();
  const all = items.map(({ id, summary }) => ({ value: id, label: summary }));
  return [{ value: 'primary', label: 'The main one of who is connected' }, ...all];
}
