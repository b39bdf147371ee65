// A question to a worker of the existing wire, beside messages.

import type { ExistingRequest, ExistingResponse } from '@sluice/integration';
import { SIGNATURE_HEADER } from '@sluice/protocol';
import type { Proof } from './http-manifest.ts';

const MAX_BYTES = 16_000_000;

/** @throws Error in words, when no whole answer came; a `TimeoutError` when none came in time */
export async function askExisting(
  url: string,
  { headers, sign }: Proof,
  { method, path, body, timeoutMs }: ExistingRequest,
): Promise<ExistingResponse> {
  try {
    const response = await fetch(url.replace(/\/$/, '') + path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(sign ? { [SIGNATURE_HEADER]: sign(path, body ?? '') } : {}),
      },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await wholeOf(response),
    };
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: Error };
    throw Object.assign(new Error(`the worker gave no whole answer: ${cause?.message || message}`), { name });
  }
}

/** A worker that answers without end is not waited for. */
async function wholeOf(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
