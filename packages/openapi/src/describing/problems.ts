// Answers of a route that are no success: each as the gateway words it.

import { FAULTS, type FaultCode, type RouteDefinition, SluiceError } from '@sluice/protocol';

export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What went wrong, and what to do next (RFC 9457).',
  required: ['title', 'status', 'code', 'detail', 'hint'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'For programs; it does not change.' },
    detail: { type: 'string', description: 'What was expected, what came, and what became of it.' },
    hint: { type: 'string', description: 'The next step.' },
  },
} as const;

interface Named {
  readonly name: string;
  readonly status: number;
  readonly description: string;
  /** Fault whose own words are the example. */
  readonly code?: FaultCode;
  readonly details?: object;
}

const PROBLEMS: readonly Named[] = [
  {
    name: 'Refused',
    status: 400,
    description: 'The request cannot be read.',
    code: 'gateway.path_refused',
    details: { why: 'it has an encoded slash' },
  },
  {
    name: 'Unauthenticated',
    status: 401,
    description: 'Nobody knows who calls.',
    code: 'gateway.unauthenticated',
    details: { schemes: ['API key (x-api-key)'] },
  },
  {
    name: 'Forbidden',
    status: 403,
    description: 'The caller lacks a scope.',
    code: 'gateway.forbidden',
    details: { scopes: ['orders'] },
  },
  {
    name: 'TooLarge',
    status: 413,
    description: 'The body is larger than this route takes.',
    code: 'gateway.too_large',
    details: { maxBytes: 1_048_576 },
  },
  { name: 'Invalid', status: 422, description: 'The request is not what its schema asks for. Nothing was called.' },
  { name: 'TooMany', status: 429, description: 'Too many requests; Retry-After says when to come again.' },
  {
    name: 'Unbound',
    status: 501,
    description: 'The route leads nowhere yet.',
    code: 'gateway.unbound',
    details: { method: 'POST', path: '/orders' },
  },
  {
    name: 'Broken',
    status: 502,
    description: 'The service behind the route cannot be reached, or its answer cannot be used.',
    code: 'gateway.upstream_unreachable',
    details: { reason: 'ECONNREFUSED' },
  },
  {
    name: 'Unavailable',
    status: 503,
    description: 'The service behind the route is given a rest, or the gateway is stopping.',
    code: 'gateway.closing',
    details: { retryAfterMs: 1_000 },
  },
  {
    name: 'Late',
    status: 504,
    description: 'The service behind the route did not answer in time.',
    code: 'gateway.timeout',
    details: { timeoutMs: 60_000 },
  },
];

/** Components of all problems, for the document. */
export const problemResponses = (): Record<string, unknown> =>
  Object.fromEntries(
    PROBLEMS.map(({ name, description, code, details }) => [
      name,
      {
        description,
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            ...(code ? { example: problemOf(code, details ?? {}) } : {}),
          },
        },
      },
    ]),
  );

/** Those that a route can answer with, by status. */
export function problemsOf(
  { access, target, limits, request, circuit }: RouteDefinition,
  takesBody: boolean,
): Record<string, unknown> {
  const checked = Boolean(request?.schema !== undefined || request?.query || request?.params);
  const leadsOn = target.kind !== 'unbound' && target.kind !== 'description';
  const possible: Readonly<Record<string, boolean>> = {
    Refused: true,
    Unauthenticated: !('public' in access),
    Forbidden: !('public' in access),
    TooLarge: takesBody,
    Invalid: checked,
    TooMany: (limits?.length ?? 0) > 0,
    Unbound: target.kind === 'unbound',
    Broken: leadsOn,
    Unavailable: leadsOn || circuit !== undefined,
    Late: leadsOn,
  };
  return Object.fromEntries(
    PROBLEMS.filter(({ name }) => possible[name]).map(({ name, status }) => [
      status,
      { $ref: `#/components/responses/${name}` },
    ]),
  );
}

function problemOf(code: FaultCode, details: object): object {
  if (!Object.hasOwn(FAULTS, code)) throw new Error(`There is no fault ${code}.`);
  return (new SluiceError(code, details as never) as SluiceError).toProblem();
}
