// Any service that speaks REST.

import type { ApplicationContext, Auth, HttpResponse, Reading } from '@sluice/sdk';
import { ChosenAuth } from '../application/chosen-auth.ts';
import { clientCredentials, HttpService, oauthForm, settingsForm } from '../application/service.ts';

export class Rest extends HttpService {
  readonly key: string = 'rest';
  readonly name: string = 'REST service';
  override readonly description: string =
    'Any service that speaks REST: its address and how it is proven who asks are filled in, what is asked stands in the process.';
  override readonly auth: Auth = new ChosenAuth();
  override readonly forms = [settingsForm('https://api.example.com/v1')];

  /** The failure by its status: `rest.status_404`. */
  override read({ status }: HttpResponse): Reading | undefined {
    return status < 300 ? undefined : { code: `rest.status_${status}` };
  }

  protected override async ask({ api }: ApplicationContext): Promise<string> {
    // What is at the address itself is nobody's to say: only that somebody answers, and does not refuse us.
    const { status } = await api.send('', {
      rules: { '2xx': 'ok', '3xx': 'ok', '4xx': 'ok', '401': 'fail', '403': 'fail' },
    });
    return `The service answers (status ${status}).`;
  }
}

export class RestOAuth2 extends Rest {
  override readonly key = 'rest-oauth2';
  override readonly name = 'REST service (OAuth 2)';
  override readonly auth = clientCredentials();
  override readonly forms = [settingsForm('https://api.example.com/v1'), oauthForm];
}
