// Who may call an operation, by what the description says of security. What it does not say is not open.

import type { RouteAccess } from '@sluice/protocol';
import { below, isObject, type Problem } from '../reading/problem.ts';

/** @param pointer  of the operation, or of the document where the requirement stands there */
export function accessOf(security: unknown, pointer: string, problems: Problem[]): RouteAccess {
  if (security === undefined) return { scopes: [] };
  const at = below(pointer, 'security');
  if (!Array.isArray(security) || !security.every(isObject)) {
    problems.push({ pointer: at, message: 'is no list of security requirements' });
    return { scopes: [] };
  }
  if (security.length === 0 || security.some((one) => Object.keys(one).length === 0))
    return { public: 'The description asks nobody who they are.' };
  // Alternatives may ask for different scopes; a route asks for all of them, which lets nobody in whom one would refuse.
  const scopes = new Set<string>();
  for (const requirement of security)
    for (const [scheme, list] of Object.entries(requirement)) {
      if (!Array.isArray(list) || !list.every((scope) => typeof scope === 'string'))
        problems.push({ pointer: below(at, scheme), message: 'is no list of scopes' });
      else for (const scope of list) scopes.add(scope);
    }
  return { scopes: [...scopes] };
}
