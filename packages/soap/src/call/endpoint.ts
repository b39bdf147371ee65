// Where a call goes, and by what way. The only place that knows applications.

import {
  type ApplicationApi,
  Fail,
  type HttpRequest,
  type HttpResponse,
  type HttpSender,
  type Install,
  type RequestOptions,
  type StatusRules,
} from '@sluice/sdk';

export interface Target {
  readonly http: HttpSender;
  /** The service of the application: it gives the endpoint, its headers, and the proof of the user. */
  readonly api?: ApplicationApi | undefined;
  /** Below the base URL of the application; default none: the base URL is the endpoint. */
  readonly path?: string | undefined;
  readonly endpoint?: string | (() => string | Promise<string>) | undefined;
  /** What the WSDL says, when nobody says better. */
  readonly address?: string | null | undefined;
}

/** @throws Fail when nobody says where the call goes; Redeliver when no answer came */
export async function sendTo(
  { http, api, path = '', endpoint, address }: Target,
  options: RequestOptions,
  maxBytes: number,
): Promise<{ readonly request: HttpRequest; readonly response: HttpResponse }> {
  if (api) return api.exchange(path, { ...options, maxBytes });
  const url = typeof endpoint === 'function' ? await endpoint() : (endpoint ?? address);
  if (!url)
    throw new Fail(
      'A SOAP call needs an endpoint: an application with its base URL, "endpoint", or an address in the WSDL.',
    );
  const request = { ...options, url };
  return { request, response: await http.exchange(request, { maxBytes }) };
}

/** What a status means for the application and for this service, the latter first. */
export function rulesOf({ api }: Target, statuses: StatusRules = {}): StatusRules {
  return { ...api?.rules, ...statuses };
}

/** The application as the user of this work has it. */
export async function installOf({ api }: Target): Promise<Install | null> {
  return api ? api.install() : null;
}
