// The first line of a request, refused where two readers could understand it in two ways.

import { GATEWAY_METHODS, type GatewayMethod, SluiceError } from '@sluice/protocol';

const METHODS: ReadonlySet<string> = new Set(GATEWAY_METHODS);

export const isGatewayMethod = (method: string): method is GatewayMethod => METHODS.has(method);

/**
 * Path and query of a request target, as they were sent.
 *
 * The path is compared and handed on without being normalised, so one whose normal form differs is refused: the service
 * behind could see another path than the one whose policies were applied.
 * @throws SluiceError `gateway.path_refused`
 */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const query = at < 0 ? '' : target.slice(at + 1);
  if (path.charCodeAt(0) !== 47) refuse('it does not begin with a slash');
  if (path.includes('%')) {
    if (/%(?![0-9A-Fa-f]{2})/.test(path)) refuse('it has a "%" that encodes nothing');
    if (/%(2f|5c)/i.test(path)) refuse('it has an encoded slash');
    if (/%(0[0-9a-f]|1[0-9a-f]|7f)/i.test(path)) refuse('it has an encoded control character');
    if (!isUtf8(path)) refuse('what it encodes is not UTF-8');
  }
  if (/[\\\u007f-\uffff]/.test(path)) refuse('it has a character that must be encoded');
  if (path.includes('//')) refuse('it has an empty segment');
  if (/\/(\.|%2e){1,2}(\/|;|$)/i.test(path)) refuse('it has a segment "." or ".."');
  if (path.includes('#')) refuse('it has a fragment');
  return { path, query };
}

function isUtf8(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch {
    return false;
  }
}

function refuse(why: string): never {
  throw new SluiceError('gateway.path_refused', { why });
}
