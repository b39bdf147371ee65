// Any service that speaks GraphQL over HTTP.

import type { ApplicationContext, Auth, HttpResponse, Reading } from '@sluice/sdk';
import { ChosenAuth } from '../application/chosen-auth.ts';
import { clientCredentials, HttpService, oauthForm, settingsForm } from '../application/service.ts';
import { readErrors } from './answers.ts';

export class GraphQl extends HttpService {
  readonly key: string = 'graphql';
  readonly name: string = 'GraphQL service';
  override readonly description: string =
    'Any service that speaks GraphQL: its address and how it is proven who asks are filled in, operations stand in the process.';
  override readonly auth: Auth = new ChosenAuth();
  override readonly forms = [settingsForm('https://api.example.com/graphql')];

  override read(response: HttpResponse): Reading | undefined {
    return readErrors(response);
  }

  protected override async ask({ api }: ApplicationContext): Promise<string> {
    await api.send('', { json: { query: '{ __typename }' } });
    return 'The service answers.';
  }
}

export class GraphQlOAuth2 extends GraphQl {
  override readonly key = 'graphql-oauth2';
  override readonly name = 'GraphQL service (OAuth 2)';
  override readonly auth = clientCredentials();
  override readonly forms = [settingsForm('https://api.example.com/graphql'), oauthForm];
}
