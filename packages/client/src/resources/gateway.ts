// Routes of the gateway.

import type {
  GatewayChanged,
  GatewayChangeInput,
  GatewayImported,
  GatewayTraffic,
  PageOf,
  RouteDefinitionInput,
  RouteTraffic,
  RouteView,
} from '@sluice/protocol';
import { type Http, path } from '../http/http.ts';

export interface DescriptionOptions {
  /** Only routes that answer at this host. */
  readonly host?: string | undefined;
  /** With what needs no route: starts of processes, connectors, methods. Default true. */
  readonly calls?: boolean | undefined;
}

export interface ImportDescription {
  readonly contract?: string | undefined;
  readonly host?: string | undefined;
  readonly prefix?: string | undefined;
  readonly retire?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

const ROUTES = '/api/v1/gateway/routes';

export const gatewayCalls = (http: Http) => ({
  routes: {
    list: (): Promise<PageOf<RouteView>> => http.call('GET', ROUTES),
    get: (name: string): Promise<RouteView> => http.call('GET', path`/api/v1/gateway/routes/${name}`),
    /** A new route, or a new version; one that means the same stays as it is. */
    save: (route: RouteDefinitionInput): Promise<RouteView> => http.call('POST', ROUTES, { json: route }),
    enable: (name: string): Promise<RouteView> => http.call('POST', path`/api/v1/gateway/routes/${name}/enable`),
    disable: (name: string): Promise<RouteView> => http.call('POST', path`/api/v1/gateway/routes/${name}/disable`),
    remove: (name: string): Promise<void> => http.call('DELETE', path`/api/v1/gateway/routes/${name}`),
    /** Which versions get requests; a caller stays with one of them. */
    setTraffic: (name: string, traffic: RouteTraffic): Promise<RouteView> =>
      http.call('PUT', path`/api/v1/gateway/routes/${name}/traffic`, { json: traffic }),
    /** Many at once: all of it, or nothing. */
    change: (change: GatewayChangeInput): Promise<GatewayChanged> =>
      http.call('POST', '/api/v1/gateway/changes', { json: change }),
  },
  /** The last hour of each route, minute by minute. */
  traffic: (): Promise<PageOf<GatewayTraffic>> => http.call('GET', '/api/v1/gateway/traffic'),
  /** Everything that can be called, as OpenAPI 3.1. */
  description: (query: DescriptionOptions = {}): Promise<Record<string, unknown>> =>
    http.call('GET', '/api/v1/gateway/openapi.json', { query: { ...query } }),
  /** Routes from a description. @param text  of an OpenAPI document, in JSON or YAML */
  importDescription: (text: string, query: ImportDescription = {}): Promise<GatewayImported> =>
    http.call('POST', '/api/v1/gateway/import', {
      query: { ...query },
      raw: text,
      headers: { 'content-type': text.trimStart().startsWith('{') ? 'application/json' : 'application/yaml' },
    }),
});
