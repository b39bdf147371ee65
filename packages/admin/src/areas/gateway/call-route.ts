// A request to a route as anybody outside makes it: without the session of this page.

import { ApiError } from '@sluice/client';

export interface RouteAnswer {
  readonly status: number;
  readonly tookMs: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly contentType: string;
  readonly text: string;
  /** Of the process it started. */
  readonly processId: string | null;
}

export interface RouteCall {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly body: string | null;
}

/** @throws ApiError when nobody answers */
export async function callRoute({ method, path, key, body }: RouteCall): Promise<RouteAnswer> {
  const began = performance.now();
  let response: Response;
  try {
    response = await fetch(new URL(path, window.location.origin), {
      method,
      credentials: 'omit',
      redirect: 'manual',
      headers: {
        accept: 'application/json, */*',
        ...(key === '' ? {} : { 'x-api-key': key }),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body }),
    });
  } catch (cause) {
    throw new ApiError(0, { code: 'client.unreachable', detail: 'The gateway does not answer.' }, { cause });
  }
  const text = await response.text();
  return {
    status: response.status,
    tookMs: performance.now() - began,
    headers: [...response.headers],
    contentType: response.headers.get('content-type') ?? '',
    text: text.slice(0, 500_000),
    processId: processIn(text),
  };
}

function processIn(text: string): string | null {
  try {
    const { processId } = JSON.parse(text) as { processId?: unknown };
    return typeof processId === 'string' ? processId : null;
  } catch {
    return null;
  }
}
