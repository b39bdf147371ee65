// Where many routes lead at once: one rule, applied to each of them.

import type { GatewayTarget, RouteDefinition } from '@sluice/protocol';

/** By its name: what is called as the route is. */
export const BY_NAME = '';

export type Rule =
  /** One address for all, with the path of each route behind it. */
  | { readonly kind: 'upstream'; readonly base: string; readonly without: string; readonly application: string | null }
  | { readonly kind: 'action'; readonly worker: string; readonly action: string }
  | { readonly kind: 'method'; readonly application: string; readonly method: string }
  | { readonly kind: 'process' | 'wait'; readonly topology: string; readonly start: string };

export const RULES: readonly { readonly value: Rule['kind']; readonly label: string; readonly begin: Rule }[] = [
  {
    value: 'upstream',
    label: 'A service: one address, and the path of each route behind it',
    begin: { kind: 'upstream', base: '', without: '', application: null },
  },
  {
    value: 'action',
    label: 'A worker: its connectors and custom nodes',
    begin: { kind: 'action', worker: '', action: BY_NAME },
  },
  {
    value: 'method',
    label: 'An application: its methods',
    begin: { kind: 'method', application: '', method: BY_NAME },
  },
  {
    value: 'process',
    label: 'A topology: starts of processes, answered with 202',
    begin: { kind: 'process', topology: '', start: BY_NAME },
  },
  {
    value: 'wait',
    label: 'A topology: processes whose answer is waited for',
    begin: { kind: 'wait', topology: '', start: BY_NAME },
  },
];

/** What there is to lead to, for the worker, application or topology that is chosen. */
export type Names = readonly string[];

export interface Bound {
  readonly route: RouteDefinition;
  /** Where it would lead; null where the rule finds nothing for it. */
  readonly target: GatewayTarget | null;
}

/** @param names  of the actions, methods or start nodes that can be meant */
export const bindAll = (rule: Rule, routes: readonly RouteDefinition[], names: Names): Bound[] =>
  routes.map((route) => ({ route, target: targetOf(rule, route, names) }));

function targetOf(rule: Rule, route: RouteDefinition, names: Names): GatewayTarget | null {
  // Whose installs and limits hold is said of the route, not of where it leads.
  const user = 'user' in route.target && route.target.user !== undefined ? { user: route.target.user } : {};
  switch (rule.kind) {
    case 'upstream': {
      if (rule.base === '' && rule.application === null) return null;
      const url = addressOf(rule.base, without(route.path, rule.without));
      const by = rule.application === null ? {} : { application: rule.application };
      return { kind: 'upstream', url, keepHost: false, webSocket: false, ...by, ...user };
    }
    case 'action': {
      const action = rule.action || called(route.name, names);
      return rule.worker && action ? { kind: 'action', worker: rule.worker, action, ...user } : null;
    }
    case 'method': {
      const method = rule.method || called(route.name, names);
      return rule.application && method ? { kind: 'method', application: rule.application, method, ...user } : null;
    }
    case 'process':
    case 'wait': {
      const start = rule.start || called(route.name, names);
      if (!rule.topology || !start) return null;
      const { topology } = rule;
      return rule.kind === 'process'
        ? { kind: 'process', topology, start, ...user }
        : { kind: 'wait', topology, start, waitMs: 30_000, ...user };
    }
  }
}

const addressOf = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${path}`;

/** The path without what all of them begin with, such as `/api/v1`. */
function without(path: string, beginning: string): string {
  const cut = beginning.replace(/\/+$/, '');
  if (cut === '' || (path !== cut && !path.startsWith(`${cut}/`))) return path;
  return path.slice(cut.length) || '/';
}

/** `get-stock`, `getStock` and `Get stock` are the same name. */
function called(name: string, names: Names): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return names.find((one) => plain(one) === plain(name));
}
