// A proof that the install chooses: nothing, Basic, a bearer token, or a key in a header or in the query.

import { type Auth, BasicAuth, BearerAuth, credentialsForm, field, type HttpRequest, type Install } from '@sluice/sdk';

const KINDS = {
  none: 'Nothing',
  basic: 'User and password',
  bearer: 'Bearer token',
  header: 'A key in a header',
  query: 'A key in the query',
};
type Kind = keyof typeof KINDS;

const of = (...kinds: Kind[]) => ({ when: { field: 'kind', in: kinds }, required: true });

export class ChosenAuth implements Auth {
  readonly descriptor = { kind: 'custom' as const };
  readonly form = credentialsForm([
    field.select('kind', 'Who asks is proven by', KINDS, { default: 'none' }),
    field.text('user', 'User', of('basic')),
    field.password('password', 'Password', of('basic')),
    field.password('token', 'Token', of('bearer')),
    field.text('name', 'Name of the header or parameter', {
      ...of('header', 'query'),
      placeholder: 'x-api-key',
      maxLength: 200,
    }),
    field.password('key', 'Key', of('header', 'query')),
  ]);
  readonly #basic = new BasicAuth();
  readonly #bearer = new BearerAuth();

  async sign(request: HttpRequest, install: Install | null = null): Promise<HttpRequest> {
    const kind = (install?.value<Kind>('credentials', 'kind') ?? 'none') as Kind;
    if (!install || kind === 'none') return request;
    if (kind === 'basic') return this.#basic.sign(request, install);
    if (kind === 'bearer') return this.#bearer.sign(request, install);
    const name = install.text('credentials', 'name');
    const key = install.text('credentials', 'key');
    return kind === 'header'
      ? { ...request, headers: { ...request.headers, [name]: key } }
      : { ...request, query: { ...request.query, [name]: key } };
  }
}
