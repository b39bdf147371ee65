// Failures of the gateway.

import { fault } from './fault.ts';

/** What is wrong with one place of a request or an answer. */
export interface PlacedProblem {
  readonly in: 'body' | 'query' | 'path';
  /** JSON Pointer; empty for the whole. */
  readonly pointer: string;
  readonly message: string;
}

export const places = (problems: readonly PlacedProblem[]): string =>
  problems.map((problem) => `${problem.in}${problem.pointer} ${problem.message}`).join('; ');

export const GATEWAY_FAULTS = {
  'gateway.route_unknown': fault<{ name: string }>(
    404,
    (d) => `There is no route "${d.name}".`,
    'GET /api/v1/gateway/routes lists them.',
  ),
  'gateway.version_unknown': fault<{ name: string; version: number }>(
    404,
    (d) => `The route "${d.name}" has no version ${d.version}.`,
    'GET /api/v1/gateway/routes/{name} lists its versions.',
  ),
  'gateway.route_invalid': fault<{ name: string; problems: readonly string[] }>(
    422,
    (d) => `The route "${d.name}" cannot be used: ${d.problems.join('; ')}. Nothing was changed.`,
    'Correct the definition; its schema is in /api/v1/openapi.json.',
  ),
  'gateway.route_taken': fault<{ name: string; by: string; method: string; path: string }>(
    409,
    (d) =>
      `${d.method} ${d.path} of the route "${d.name}" belongs to the route "${d.by}" already. Nothing was changed.`,
    'Change host, path or methods, or disable the other route first.',
  ),
  'gateway.not_found': fault<{ method: string; path: string }>(
    404,
    (d) => `There is no route for ${d.method} ${d.path}.`,
    'The documentation of this gateway lists its routes.',
  ),
  'gateway.method_not_allowed': fault<{ method: string; allowed: readonly string[] }>(
    405,
    (d) => `This path takes ${d.allowed.join(', ')}, not ${d.method}.`,
    'Use one of the methods in the Allow header.',
  ),
  'gateway.path_refused': fault<{ why: string }>(
    400,
    (d) => `The path of the request is refused: ${d.why}. Nothing was called.`,
    'Send a normalised path: no "." or ".." segments, no encoded slashes, no control characters.',
  ),
  'gateway.too_large': fault<{ maxBytes: number }>(
    413,
    (d) => `The body is larger than the ${d.maxBytes} bytes that this route takes. Nothing was called.`,
    'Send less, or in several requests.',
  ),
  'gateway.unauthenticated': fault<{
    schemes: readonly string[];
    challenges?: readonly string[];
    reason?: string | undefined;
  }>(
    401,
    (d) =>
      `This route must know who calls, and the request has no valid credentials${d.reason ? `: ${d.reason}` : ''}. It takes: ${d.schemes.join(', ')}.`,
    'Send the key in x-api-key, or credentials in Authorization. Whoever runs this gateway hands them out.',
  ),
  'gateway.key_in_query': fault<{ name: string }>(
    401,
    (d) =>
      `Credentials are not read from the query ("${d.name}"): they would stand in the logs of every machine on the way. Nothing was called.`,
    'Send the key in the header x-api-key, a token in Authorization: Bearer. Revoke the one that was sent so.',
  ),
  'gateway.too_many_attempts': fault<{ retryAfterMs: number }>(
    429,
    () => 'There were too many wrong credentials from this address or for this user. Nothing was called.',
    'Wait as long as Retry-After says, and correct the credentials before.',
  ),
  'gateway.replayed': fault(
    401,
    () => 'This signed request came before, or too many signed requests of this key came at once. Nothing was called.',
    'Sign every request anew, with a nonce of its own.',
  ),
  'gateway.forbidden': fault<{ scopes: readonly string[] }>(
    403,
    (d) => `The consumer may not use this route; it needs: ${d.scopes.join(', ') || 'to be named by it'}.`,
    'Ask whoever runs this gateway for the scopes.',
  ),
  'gateway.consumer_unknown': fault<{ name: string }>(
    404,
    (d) => `There is no consumer "${d.name}".`,
    'GET /api/v1/gateway/consumers lists them.',
  ),
  'gateway.consumer_taken': fault<{ name: string }>(
    409,
    (d) => `There is a consumer "${d.name}" already. Nothing was changed.`,
    'Choose another name, or change that one with PUT.',
  ),
  'gateway.credential_unknown': fault<{ name: string; id: string }>(
    404,
    (d) => `The consumer "${d.name}" has no credential "${d.id}".`,
    'GET /api/v1/gateway/consumers/{name} lists its credentials.',
  ),
  'gateway.credential_taken': fault<{ hint: string; by: string }>(
    409,
    (d) => `"${d.hint}" is a credential of the consumer "${d.by}" already. Nothing was changed.`,
    'Choose another one, or remove that one first.',
  ),
  'gateway.credential_invalid': fault<{ problems: readonly string[] }>(
    422,
    (d) => `The credential cannot be used: ${d.problems.join('; ')}. Nothing was changed.`,
    'Correct it; at most 20 credentials belong to one consumer.',
  ),
  'gateway.issuer_unknown': fault<{ name: string }>(
    404,
    (d) => `There is no issuer "${d.name}".`,
    'GET /api/v1/gateway/issuers lists them.',
  ),
  'gateway.issuer_invalid': fault<{ name: string; problems: readonly string[] }>(
    422,
    (d) => `The issuer "${d.name}" cannot be used: ${d.problems.join('; ')}. Nothing was changed.`,
    'Correct it; its schema is in /api/v1/openapi.json.',
  ),
  'gateway.issuer_taken': fault<{ name: string; by: string; what: string }>(
    409,
    (d) => `${d.what} of the issuer "${d.name}" belongs to the issuer "${d.by}" already. Nothing was changed.`,
    'A token must lead to one issuer only: change one of them.',
  ),
  'gateway.issuer_unavailable': fault<{ name: string; reason: string; retryAfterMs: number }>(
    503,
    (d) => `The token cannot be judged: its issuer "${d.name}" gives no answer (${d.reason}). Nothing was called.`,
    'Call again later.',
  ),
  'gateway.host_refused': fault<{ why: string }>(
    400,
    (d) => `The host of the request is refused: ${d.why}. Nothing was called.`,
    'Send one Host header with a name, or a name and a port.',
  ),
  'gateway.too_slow': fault<{ part: 'headers' | 'body'; afterMs: number }>(
    408,
    (d) => `The ${d.part} of the request did not come on within ${d.afterMs} ms. The connection ends.`,
    'Send a request in one go; a stream must bring something now and then.',
  ),
  'gateway.upstream_unreachable': fault<{ reason: string }>(
    502,
    (d) => `The service behind this route cannot be reached: ${d.reason}.`,
    'Call again later; whoever runs this gateway finds the reason in its log.',
  ),
  'gateway.upstream_broke': fault<{ reason: string }>(
    502,
    (d) => `The service behind this route gave an answer that cannot be used: ${d.reason}.`,
    'Whoever runs this gateway finds the reason in its log.',
  ),
  'gateway.timeout': fault<{ timeoutMs: number }>(
    504,
    (d) =>
      `The service behind this route did not answer within ${d.timeoutMs} ms. It may still have done what was asked.`,
    'Repeat with the same Idempotency-Key where the request changes something.',
  ),
  'gateway.unbound': fault<{ method: string; path: string }>(
    501,
    (d) => `${d.method} ${d.path} is agreed on, but leads nowhere yet. Nothing was done with the request.`,
    'Whoever runs this gateway gives the route a target; then the same request is answered.',
  ),
  'gateway.description_invalid': fault<{ problems: readonly { pointer: string; message: string }[] }>(
    422,
    (d) =>
      `The description cannot be read: ${d.problems
        .slice(0, 5)
        .map(({ pointer, message }) => `${pointer || 'it'} ${message}`)
        .join('; ')}${d.problems.length > 5 ? `; and ${d.problems.length - 5} more` : ''}. Nothing was changed.`,
    'Correct the document at the places that "problems" names. OpenAPI 3.0 and 3.1 are read, in one file, as JSON or YAML.',
  ),
  'gateway.too_many': fault<{ limit: string; retryAfterMs: number }>(
    429,
    (d) => `The limit ${d.limit} is used up. Nothing was called.`,
    'Call again after the time in Retry-After.',
  ),
  'gateway.request_invalid': fault<{ problems: readonly PlacedProblem[] }>(
    422,
    (d) => `The request is not as this route describes it: ${places(d.problems)}. Nothing was called.`,
    'Correct what is named; each problem begins with where it is.',
  ),
  'gateway.answer_invalid': fault<{ problems: readonly PlacedProblem[] }>(
    502,
    (d) => `The service behind this route gave an answer that is not as the route describes it: ${places(d.problems)}.`,
    'What was asked may have been done. Whoever runs this gateway corrects the service or the schema of the route.',
  ),
  'gateway.body_unreadable': fault<{ format: string; reason: string }>(
    400,
    (d) => `The body cannot be read as ${d.format}: ${d.reason}. Nothing was called.`,
    'Send a body that is what its Content-Type says.',
  ),
  'gateway.format_refused': fault<{ found: string; accepted: readonly string[] }>(
    415,
    (d) => `This route does not take a body of ${d.found}; it takes: ${d.accepted.join(', ')}. Nothing was called.`,
    'Send one of the formats it takes, with its Content-Type, in a charset that is known, and not compressed.',
  ),
  'gateway.not_acceptable': fault<{ produced: readonly string[] }>(
    406,
    (d) => `None of the formats in Accept is one of this route: ${d.produced.join(', ')}. Nothing was called.`,
    'Ask for one of the formats that it has.',
  ),
  'gateway.request_unmappable': fault<{ reason: string }>(
    422,
    (d) =>
      `The request cannot be turned into what the service behind this route takes: ${d.reason}. Nothing was called.`,
    'Send a body of the shape that the route describes; whoever runs this gateway finds its mapping in the route.',
  ),
  'gateway.answer_unmappable': fault<{ reason: string }>(
    502,
    (d) => `The answer of the service behind this route cannot be turned into what the route promises: ${d.reason}.`,
    'What was asked may have been done. Whoever runs this gateway corrects the mapping of the route.',
  ),
  'gateway.circuit_open': fault<{ retryAfterMs: number }>(
    503,
    () => 'The service behind this route failed repeatedly and is left alone for a while. Nothing was called.',
    'Call again after the time in Retry-After.',
  ),
  'gateway.idempotency_key_invalid': fault<{ why: string }>(
    400,
    (d) => `The Idempotency-Key of the request cannot be used: ${d.why}. Nothing was called.`,
    'Send a key of 1 to 255 visible ASCII characters, another one for each thing to be done.',
  ),
  'gateway.idempotency_key_reused': fault(
    422,
    () => 'The Idempotency-Key was used for another request. Nothing was called.',
    'Use a new key for a new request; repeat the old one byte by byte.',
  ),
  'gateway.idempotency_busy': fault<{ retryAfterMs: number }>(
    409,
    () => 'A request with this Idempotency-Key is under way. Nothing was called a second time.',
    'Call again after the time in Retry-After: then its answer is there.',
  ),
  'gateway.idempotency_answer_gone': fault(
    409,
    () =>
      'The request with this Idempotency-Key was answered, and its answer was too large to be kept. Nothing was called a second time.',
    'Look at what the first request made; use a new key to do it once more.',
  ),
  'gateway.part_failed': fault<{ part: string; reason: string; cause: string }>(
    502,
    (d) => `The part "${d.part}" of the answer is needed and missing: ${d.reason}`,
    'Call again later; the other parts may have done what was asked.',
  ),
  'gateway.install_refused': fault<{ application: string; user: string }>(
    502,
    (d) => `The service behind this route refuses the authorisation of "${d.application}" for the user "${d.user}".`,
    'Whoever runs this gateway authorises the application again, or corrects its credentials.',
  ),
  'gateway.install_renewed': fault<{ application: string; retryAfterMs: number }>(
    503,
    (d) =>
      `The service behind this route refused the token of "${d.application}", which has been renewed; the body of the request was too long to be sent twice.`,
    'Send the request again.',
  ),
  'gateway.install_unfit': fault<{ application: string; user: string; reason: string }>(
    502,
    (d) => `The install of "${d.application}" for the user "${d.user}" cannot be used: ${d.reason} Nothing was called.`,
    'Whoever runs this gateway completes the install.',
  ),
  'gateway.engine_away': fault<{ reason: string; retryAfterMs: number }>(
    503,
    (d) => `The platform that runs the processes cannot be reached: ${d.reason}.`,
    'Call again later, with the same Idempotency-Key: the process may have been started.',
  ),
  'gateway.engine_silent': fault<{ waitedMs: number }>(
    504,
    (d) =>
      `The platform that runs the processes did not answer within ${d.waitedMs} ms. The process may have been started.`,
    'Call again with the same Idempotency-Key.',
  ),
  'gateway.engine_refused': fault<{ reason: string; httpStatus: number; as?: string }>(
    502,
    (d) => `The platform that runs the processes refused: ${d.reason}`,
    'Correct the request where it is wrong; else whoever runs this gateway looks at SLUICE_ENGINE_URL and SLUICE_ENGINE_TOKEN.',
  ),
  'gateway.origin_refused': fault<{ origin: string }>(
    403,
    (d) => `A page of ${d.origin} may not open a connection here.`,
    'Whoever runs this gateway names the origin in the CORS policy of the route.',
  ),
  'gateway.upgrade_refused': fault<{ why: string }>(
    400,
    (d) => `The connection was not opened: ${d.why}.`,
    'Open a WebSocket by GET with "Upgrade: websocket" on a route that has `webSocket: true`.',
  ),
  'gateway.traffic_invalid': fault<{ name: string; problems: readonly string[] }>(
    422,
    (d) => `The traffic of the route "${d.name}" was not changed: ${d.problems.join('; ')}.`,
    'Name existing versions with the same host, path and methods; their percentages add up to 100.',
  ),
  'gateway.closing': fault<{ retryAfterMs: number }>(
    503,
    () => 'This gateway is stopping and takes nothing new.',
    'Call again: another replica, or this one after its restart.',
  ),
} as const;
