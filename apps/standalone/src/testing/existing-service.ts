// A service that applications of existing workers talk to: it signs in by password and by OAuth 2, and has webhooks.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeNow, listening } from './loopback.ts';

export interface ExistingService {
  readonly url: string;
  /** Subscriptions by their id. */
  readonly hooks: Map<string, { event: string; url: string }>;
  /** Grants it was asked for at its token endpoint. */
  readonly grants: Record<string, string>[];
  /** Instants at which it was asked who somebody is, epoch ms. */
  readonly visits: number[];
  /** Seconds a token lives. */
  lifetimeS: number;
  close(): void;
}

const CLIENT = { client_id: 'client-1', client_secret: 'client-secret-1' };

export async function existingService(): Promise<ExistingService> {
  const hooks: ExistingService['hooks'] = new Map();
  const grants: ExistingService['grants'] = [];
  const visits: number[] = [];
  const tokens = new Set<string>();
  let made = 0;
  const answer = (response: ServerResponse, status: number, body: unknown): ServerResponse =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const token = (form: Record<string, string>, response: ServerResponse): ServerResponse => {
    grants.push(form);
    const { grant_type, code, refresh_token, client_id, client_secret } = form;
    if (client_id !== CLIENT.client_id || client_secret !== CLIENT.client_secret)
      return answer(response, 401, { error: 'invalid_client', client_secret });
    const good =
      grant_type === 'authorization_code' ? code?.startsWith('code-') : refresh_token?.startsWith('refresh-');
    if (!good) return answer(response, 400, { error: 'invalid_grant' });
    const n = ++made;
    tokens.add(`access-${n}`);
    const body = { access_token: `access-${n}`, token_type: 'bearer', refresh_token: `refresh-${n}` };
    return answer(response, 200, { ...body, expires_in: service.lifetimeS });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url!, 'http://service');
    const id = url.pathname.split('/')[2] ?? '';
    switch (`${request.method} ${url.pathname.split('/').slice(0, 2).join('/')}`) {
      case 'GET /authorize': {
        // Whoever comes agrees at once.
        const back = new URL(url.searchParams.get('redirect_uri')!);
        back.searchParams.set('code', `code-${++made}`);
        back.searchParams.set('state', url.searchParams.get('state')!);
        return response.writeHead(302, { location: back.href }).end();
      }
      case 'POST /token':
        return token(Object.fromEntries(new URLSearchParams(body)), response);
      case 'GET /me': {
        visits.push(Date.now());
        const [scheme, proof = ''] = String(request.headers.authorization).split(' ');
        if (scheme === 'Basic') return answer(response, 200, { by: 'password', proof: atob(proof) });
        return tokens.has(proof) ? answer(response, 200, { by: 'token', proof }) : answer(response, 401, {});
      }
      case 'POST /hooks': {
        const hook = `hook-${++made}`;
        hooks.set(hook, JSON.parse(body));
        return answer(response, 200, { id: hook });
      }
      case 'DELETE /hooks':
        return answer(response, hooks.delete(id) ? 200 : 404, {});
      default:
        return answer(response, 404, {});
    }
  };
  const server = createServer((request, response) => void handle(request, response));
  const service: ExistingService = {
    url: await listening(server),
    hooks,
    grants,
    visits,
    lifetimeS: 3_600,
    close: () => closeNow(server),
  };
  return service;
}
