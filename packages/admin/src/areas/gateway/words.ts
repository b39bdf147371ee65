// What a route does, in words as short as a cell.

import type { GatewayTarget, RouteAccess } from '@sluice/protocol';

export function targetWords(target: GatewayTarget): string {
  switch (target.kind) {
    case 'process':
      return `starts ${target.topology}`;
    case 'wait':
      return `runs ${target.topology} and waits`;
    case 'method':
      return `${target.application}: ${target.method}`;
    case 'action':
      return `${target.worker}: ${target.action}`;
    case 'upstream':
      return target.application === undefined ? target.url : `${target.application}: ${target.url}`;
    case 'aggregate':
      return `${Object.keys(target.parts).length} at once: ${Object.keys(target.parts).join(', ')}`;
    case 'description':
      return 'the description of this API';
    case 'unbound':
      return 'nothing yet: answers 501';
  }
}

export function accessWords(access: RouteAccess): string {
  if ('public' in access) return 'anybody';
  const who = access.consumers ? access.consumers.join(', ') : 'any consumer';
  return access.scopes.length === 0 ? who : `${who} with ${access.scopes.join(', ')}`;
}
