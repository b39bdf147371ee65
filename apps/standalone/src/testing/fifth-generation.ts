// A worker as generation 5 of the existing wire describes it, which the registry does not have: the name of the worker
// stands in the addresses of installs and of limits, in `state`, in limiter keys, and as `sdk` in documents.

import { createServer, type IncomingMessage } from 'node:http';
import { closeNow, listening } from './loopback.ts';

export interface FifthGeneration {
  readonly url: string;
  /** Method and path of each request. */
  readonly requests: string[];
  close(): void;
}

type Found = { _id: string; user: string; enabled: boolean; encryptedSettings: string };
type Route = (match: Record<string, string>, request: { body: string; query: URLSearchParams }) => unknown;

const application = {
  name: 'Five',
  authorization_type: 'oauth2',
  application_type: 'cron',
  key: 'five',
  description: 'Of the fifth generation.',
  info: '',
  logo: null,
  isInstallable: true,
};

/** @param platform  where it keeps its documents; @param token  of the platform */
export async function fifthGeneration(platform: string, token: string): Promise<FifthGeneration> {
  const requests: string[] = [];
  const documents = async (method: string, suffix: string, body?: unknown): Promise<unknown> => {
    const headers = { 'orchesty-api-key': token, 'content-type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return (await fetch(`${platform}/worker-api/document/ApplicationInstall${suffix}`, init)).json();
  };
  const filter = (value: object): string => `?filter=${encodeURIComponent(JSON.stringify(value))}`;
  const find = async (user: string, sdk: string): Promise<Found> => {
    const found = (await documents(
      'GET',
      filter({ users: [user], enabled: null, names: ['five'], sdks: [sdk] }),
    )) as Found[];
    if (!found[0]) throw new Error(`ApplicationInstall with user [${user}] and name [five] has not been found!`);
    return found[0];
  };
  const formsOf = (install: Found): object => ({
    authorization_form: {
      key: 'authorization_form',
      publicName: 'Sign in',
      description: '',
      readOnly: false,
      fields: [
        {
          type: 'text',
          key: 'client_id',
          value: install.encryptedSettings || null,
          label: 'Client',
          required: true,
          choices: [],
        },
      ],
    },
  });
  const change = async (user: string, sdk: string, values: object): Promise<Found> => {
    const install = { ...(await find(user, sdk)), ...values };
    await documents('POST', '', install);
    return install;
  };

  const of = '/applications/five/users/(?<user>[^/]+)/sdk/(?<sdk>[^/]+)';
  const routes: readonly (readonly [string, Route])[] = [
    ['GET /(batch|custom-node)/list', () => []],
    ['GET /connector/list', () => [{ name: 'five-headers', app: 'five' }]],
    ['GET /applications', () => ({ items: [application] })],
    ['GET /applications/five', () => ({ ...application, syncMethods: ['afterInstallCallback', 'ping'] })],
    ['POST /applications/five/sync/.*', () => ({ status: 'ok' })],
    [
      'POST /applications/sdk/(?<sdk>[^/]+)/limits',
      async ({ sdk = '' }, { body }) => {
        const { user } = JSON.parse(body) as { user: string };
        const found = (await documents('GET', filter({ users: [user], enabled: true, sdks: [sdk] }))) as Found[];
        return found.map(() => `${user}|${sdk}:five;60;1`);
      },
    ],
    [
      'GET /applications/users/(?<user>[^/]+)/sdk/(?<sdk>[^/]+)',
      ({ user }) => ({ items: [{ key: 'five', user, authorized: true }] }),
    ],
    [
      `POST ${of}/install`,
      async ({ user, sdk }) => {
        const now = new Date().toISOString();
        const install = { _id: '', user, sdk, key: 'five', enabled: false, created: now, updated: now };
        await documents('POST', '', { ...install, encryptedSettings: '', nonEncryptedSettings: { shard: sdk } });
        return application;
      },
    ],
    [
      `GET ${of}`,
      async ({ user = '', sdk = '' }) => {
        const install = await find(user, sdk);
        return { ...application, authorized: true, enabled: install.enabled, applicationSettings: formsOf(install) };
      },
    ],
    [
      `PUT ${of}/settings`,
      async ({ user = '', sdk = '' }, { body }) =>
        change(user, sdk, { encryptedSettings: JSON.parse(body).authorization_form.client_id }),
    ],
    [`PUT ${of}/changeState`, async ({ user = '', sdk = '' }, { body }) => change(user, sdk, JSON.parse(body))],
    [
      `DELETE ${of}/uninstall`,
      async ({ user = '', sdk = '' }) =>
        documents('DELETE', filter({ ids: [(await find(user, sdk))._id], enabled: null })),
    ],
    [
      `GET ${of}/authorize`,
      ({ user, sdk }) => {
        const state = Buffer.from(`${user}:five:${sdk}`).toString('base64url');
        return { authorizeUrl: `http://127.0.0.1:1/authorize?client_id=c&state=${state}` };
      },
    ],
    [
      `GET ${of}/authorize/token`,
      async ({ user = '', sdk = '' }, { query }) => {
        const state = Buffer.from(query.get('state') ?? '', 'base64url').toString();
        if (state !== `${user}:five:${sdk}`) throw new Error(`state is ${state}`);
        await change(user, sdk, { expires: new Date(Date.now() + 3_600_000).toISOString() });
        return { redirectUrl: 'https://elsewhere.example/' };
      },
    ],
    [
      'POST /connector/five-headers/action',
      (_match, { body }) => {
        const { headers } = JSON.parse(body) as { headers: Record<string, string> };
        return { headers: { ...headers, 'result-code': '0' }, body: JSON.stringify(headers) };
      },
    ],
  ];

  const answer = async (request: IncomingMessage): Promise<{ status: number; body: string; type: string }> => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url!, 'http://worker');
    const line = `${request.method} ${decodeURIComponent(pathname)}`;
    requests.push(line);
    for (const [pattern, route] of routes) {
      const match = new RegExp(`^${pattern}$`).exec(line);
      if (!match) continue;
      try {
        const value = await route(match.groups ?? {}, { body, query: searchParams });
        return { status: line.endsWith('/install') ? 201 : 200, body: JSON.stringify(value), type: 'application/json' };
      } catch (error) {
        const { message, stack } = error as Error;
        const text = JSON.stringify({ status: 'Error', message: `Error occurred: ${message}${stack}` });
        return { status: 400, body: text, type: 'application/json' };
      }
    }
    return { status: 404, body: '<!DOCTYPE html><pre>Cannot be found</pre>', type: 'text/html' };
  };
  const server = createServer(async (request, response) => {
    const { status, body, type } = await answer(request);
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  return { url: await listening(server), requests, close: () => closeNow(server) };
}
