// An OAuth 2 provider of this machine, with a person who agrees and a small API behind it. It rotates refresh tokens, and
// revokes everything when an old one is used again, as careful providers do.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';

export { type Agreed, agree, type Visit } from './browser.ts';

export interface ProviderOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** Where people may be sent back to. */
  readonly redirectUris: readonly string[];
  /** What it says of Ann to whoever she signs in to by it. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Of access tokens; default 300. */
  readonly accessTokenSeconds?: number;
  /** Replace the refresh token with every use; default true. */
  readonly rotate?: boolean;
}

export interface RunningProvider {
  readonly url: string;
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly revocationUrl: string;
  readonly deviceAuthorizationUrl: string;
  readonly introspectionUrl: string;
  readonly jwksUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What was asked at the token endpoint. */
  readonly counts: { codes: number; refreshes: number; others: number; invalidGrants: number; revocations: number };
  /** Requests to the API that were refused for their token. */
  readonly refused: { count: number };
  /** The API takes no access token any more that was given so far. */
  expireTokens(): void;
  /** Everything that was agreed to is taken back, as on the provider's own page. */
  revokeGrants(): Promise<void>;
  /** Refreshing is done, and not answered before this is released. */
  holdAnswers(): { readonly held: () => number; release(): void };
  close(): Promise<void>;
}

const CLIENT_ID = 'sluice-demo';
const CLIENT_SECRET = 'a-secret-of-this-machine';
const SCOPES = ['openid', 'email', 'profile', 'orders', 'offline_access'];

export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const { port = 0, redirectUris, accessTokenSeconds = 300, rotate = true, claims = {} } = options;
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const counts = { codes: 0, refreshes: 0, others: 0, invalidGrants: 0, revocations: 0 };
  const refused = { count: 0 };
  const live = new Set<string>();
  const grants = new Set<string>();
  let gate: { wait: Promise<void>; held: number } | null = null;

  const provider = new Provider(url, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [...redirectUris],
        grant_types: [
          'authorization_code',
          'refresh_token',
          'client_credentials',
          'urn:ietf:params:oauth:grant-type:device_code',
        ],
      },
    ],
    scopes: SCOPES,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: () => true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      // Whoever asks for a token for a `resource` gets a JWT that is meant for it.
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: SCOPES.join(' '),
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds,
        }),
      },
    },
    pkce: { required: () => true },
    rotateRefreshToken: rotate,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      DeviceCode: 600,
      Interaction: 600,
      Grant: 86_400,
      Session: 86_400,
      RefreshToken: 86_400,
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['of this machine'] },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...claims, sub: id }) }),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  });
  provider.on('grant.saved', ({ jti }) => grants.add(jti));
  const saved = ({ jti }: { jti: string }): void => void live.add(jti);
  provider.on('access_token.saved', saved);
  provider.on('client_credentials.saved', saved);
  provider.on('access_token.destroyed', ({ jti }) => live.delete(jti));
  provider.on('grant.success', (ctx) => {
    const grant = grantOf(ctx);
    if (grant === 'authorization_code') counts.codes++;
    else if (grant === 'refresh_token') counts.refreshes++;
    else counts.others++;
  });
  provider.on('grant.error', (_ctx, { error }) => {
    if (error === 'invalid_grant') counts.invalidGrants++;
  });
  provider.use(async (ctx, next) => {
    await next();
    const of = ctx as unknown as KoaContextWithOIDC;
    if (ctx.path === '/token/revocation' && ctx.status === 200) counts.revocations++;
    if (!gate || ctx.path !== '/token' || grantOf(of) !== 'refresh_token') return;
    gate.held++;
    await gate.wait;
  });

  const answerProtocol = provider.callback();
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url!, url);
    if (pathname.startsWith('/interaction/')) void interact(provider, request, response);
    else if (pathname.startsWith('/api/')) void answerApi(provider, live, refused, request, response);
    else void answerProtocol(request, response);
  });

  return {
    url,
    authorizationUrl: `${url}/auth`,
    tokenUrl: `${url}/token`,
    revocationUrl: `${url}/token/revocation`,
    deviceAuthorizationUrl: `${url}/device/auth`,
    introspectionUrl: `${url}/token/introspection`,
    jwksUrl: `${url}/jwks`,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    counts,
    refused,
    expireTokens: () => live.clear(),
    async revokeGrants() {
      for (const id of grants) {
        await provider.RefreshToken.revokeByGrantId(id);
        await provider.AccessToken.revokeByGrantId(id);
        await (await provider.Grant.find(id))?.destroy();
      }
      grants.clear();
      live.clear();
    },
    holdAnswers() {
      let open = (): void => {};
      const made = { wait: new Promise<void>((resolve) => (open = resolve)), held: 0 };
      gate = made;
      return {
        held: () => made.held,
        release() {
          if (gate === made) gate = null;
          open();
        },
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const grantOf = (ctx: KoaContextWithOIDC): unknown => ctx.oidc?.params?.grant_type;

/** One page: Ann is signed in, and agrees or does not. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { prompt, params, grantId } = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') return void response.setHeader('content-type', 'text/html').end(PAGE);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (new URLSearchParams(body).get('answer') !== 'agree') {
      const result = { error: 'access_denied', error_description: 'Ann said <no>' };
      return await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    const known = grantId ? await provider.Grant.find(grantId) : undefined;
    const grant = known ?? new provider.Grant({ accountId: 'ann', clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope ?? ''));
    const consent = { grantId: await grant.save() };
    const result = prompt.name === 'login' ? { login: { accountId: 'ann' }, consent } : { consent };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  } catch (error) {
    response.writeHead(400).end((error as Error).message);
  }
}

const PAGE = `<!doctype html><title>Provider of this machine</title>
<h1>Ann, may this client read your orders?</h1>
<form method="post"><button name="answer" value="agree">Agree</button> <button name="answer" value="refuse">Refuse</button></form>
`;

/** GET /api/orders, for whoever has a token. */
async function answerApi(
  provider: Provider,
  live: ReadonlySet<string>,
  refused: { count: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
  response.setHeader('content-type', 'application/json');
  if (!found || found.isExpired || !live.has(found.jti)) {
    refused.count++;
    response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end('{"error":"invalid_token"}');
  } else response.end(JSON.stringify({ of: 'accountId' in found ? found.accountId : 'the client', orders: [17, 18] }));
}
