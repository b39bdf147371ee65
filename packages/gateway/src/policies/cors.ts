// Cross-origin requests of browsers: which origins may, and what they may read.
//
// A preflight is answered here, before anybody is asked who they are: a browser sends it without credentials. All other answers get
// the headers too, problems included, so that a page can read why it was refused.

import type { CorsPolicy, RouteDefinition } from '@sluice/protocol';
import { SluiceError } from '@sluice/protocol';
import { problemAnswer } from '../exchange/answer.ts';
import type { Answer, Exchange, Policy } from '../exchange/exchange.ts';

export function corsPolicy(cors: CorsPolicy | undefined, methods: RouteDefinition['methods']): Policy | null {
  if (!cors) return null;
  const any = cors.origins.includes('*');
  const origins = new Set(cors.origins);
  const allowMethods = methods.join(', ');
  const allowHeaders = cors.headers.map((name) => name.toLowerCase()).join(', ');
  const exposed = cors.exposed.join(', ');

  function headersFor(origin: string): Record<string, string> {
    return {
      'access-control-allow-origin': any ? '*' : origin,
      ...(cors!.credentials && !any ? { 'access-control-allow-credentials': 'true' } : {}),
    };
  }

  return (next) => async (exchange) => {
    const { origin } = exchange.headers;
    const allowed = origin !== undefined && (any || origins.has(origin));
    if (isPreflight(exchange)) {
      const headers: Record<string, string> = {
        vary: 'origin, access-control-request-method, access-control-request-headers',
      };
      if (allowed)
        Object.assign(headers, headersFor(origin), {
          'access-control-allow-methods': allowMethods,
          ...(allowHeaders === '' ? {} : { 'access-control-allow-headers': allowHeaders }),
          'access-control-max-age': String(cors.maxAgeS),
        });
      return { status: 204, headers, body: null };
    }
    const answer = await answerOf(next(exchange), exchange);
    const headers: Record<string, string | readonly string[]> = { ...answer.headers };
    // What a service behind says about origins is about its own address.
    for (const name in headers) if (name.startsWith('access-control-')) delete headers[name];
    if (!any) headers.vary = headers.vary === undefined ? 'origin' : `${[headers.vary].flat().join(', ')}, origin`;
    if (allowed)
      Object.assign(headers, headersFor(origin), exposed === '' ? {} : { 'access-control-expose-headers': exposed });
    return { ...answer, headers };
  };
}

export const isPreflight = ({ line, headers }: Pick<Exchange, 'line' | 'headers'>): boolean =>
  line.method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

async function answerOf(answer: Promise<Answer>, { id }: Exchange): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SluiceError) return problemAnswer(error as SluiceError, id);
    throw error;
  }
}
