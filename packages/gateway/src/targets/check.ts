// What is wrong with the target of a route before any request has come.

import { type GatewayTarget, type RouteDefinition, SluiceError } from '@sluice/protocol';
import type { Applications } from '../ports/applications.ts';
import { parametersOf } from './path-template.ts';

/** @returns what is wrong, in words; empty when nothing is */
export function problemsOfTarget(route: RouteDefinition, applications: Applications): string[] {
  const targets: GatewayTarget[] =
    route.target.kind === 'aggregate' ? Object.values(route.target.parts).map(({ target }) => target) : [route.target];
  return targets.flatMap((target) => (target.kind === 'upstream' ? ofUpstream(target, route, applications) : []));
}

function ofUpstream(
  target: Extract<GatewayTarget, { kind: 'upstream' }>,
  { path }: RouteDefinition,
  applications: Applications,
): string[] {
  const { url, application, webSocket, keepHost } = target;
  const known = new Set(parametersOf(path));
  const unknown = parametersOf(url).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `target.url has a parameter {${name}} that the path does not have`),
    ...(application === undefined ? ofAddress(url) : ofApplication(url, application, applications)),
    ...(application !== undefined && webSocket ? ['target.webSocket cannot be used with an application'] : []),
    ...(application !== undefined && keepHost ? ['target.keepHost cannot be used with an application'] : []),
  ];
}

function ofAddress(url: string): string[] {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (authority === undefined || !URL.canParse(url)) return ['target.url must be an address with http:// or https://'];
  if (/[{}]/.test(authority)) return ['target.url takes no parameters in its host'];
  if (authority.includes('@')) return ['target.url must be without user and password'];
  if (url.includes('#')) return ['target.url must be without a fragment'];
  return [];
}

function ofApplication(url: string, application: string, applications: Applications): string[] {
  // An absolute address would show the proof to whoever is named in it.
  if (!/^\/(?!\/)/.test(url))
    return ['target.url must begin with one slash: it is appended to the base address of the application'];
  try {
    const problem = applications.problem(application);
    return problem === null ? [] : [problem];
  } catch (error) {
    if (error instanceof SluiceError) return [error.message];
    throw error;
  }
}
