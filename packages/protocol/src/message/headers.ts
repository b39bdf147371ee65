// Header names of the wire, in one place for both sides.
//
// A message's own headers are text, under the names their author gave them. Identity headers are written by the platform before every call and never
// read back: a worker that drops, echoes or invents them changes nothing (the platform keeps the identity itself).

/** Headers of a message: text values. Existing workers tell "orderId" from "orderid", so case is kept. */
export type Headers = Readonly<Record<string, string>>;

/** Written by the platform on every call; whatever a worker answers under these names is ignored. */
export const IDENTITY_HEADERS = [
  'correlation-id',
  'process-id',
  'parent-id',
  'process-started',
  'topology-id',
  'topology-name',
  'node-id',
  'node-name',
  'previous-node-id',
  'worker-followers',
  'source',
  'applications',
  'sdk',
  'idempotency-key',
  'attempt',
] as const;

/** W3C trace context. It travels as a header of the message, so a worker that takes part in the trace writes its own span there. */
export const TRACE_HEADERS: ReadonlySet<string> = new Set(['traceparent', 'tracestate']);

/** Written by a worker to say what becomes of the message; consumed by the platform, never forwarded. */
export const RESULT_HEADERS = [
  'result-code',
  'result-message',
  'result-detail',
  'force-target-queue',
  'cursor',
  'repeat-interval',
  'repeat-max-hops',
  'repeat-hops',
  'repeat-queue',
  'limit-return-exchange',
  'limit-return-routing-key',
  'limit-message-from-limiter',
  'limit-until',
  'user-task-state',
  'published-timestamp',
  'sluice-body-encoding',
  'sluice-result-encoding',
  'audit-entity',
  'audit-checkpoint',
] as const;

const WIRE_ONLY: ReadonlySet<string> = new Set<string>([...IDENTITY_HEADERS, ...RESULT_HEADERS]);

/** At most this many bytes of names and values together; more is refused where the message enters. */
export const MAX_HEADER_BYTES = 16 * 1024;

/**
 * What stays with the message of headers that came from outside: wire headers removed in whatever case, values as text.
 * `null` and empty values are dropped; objects become JSON text.
 */
export function ownHeaders(raw: Readonly<Record<string, unknown>>): Headers {
  const kept: Record<string, string> = {};
  for (const name in raw) {
    const value = raw[name];
    if (value === null || value === undefined || value === '') continue;
    const lower = name.toLowerCase();
    if (WIRE_ONLY.has(lower) || lower === '__proto__') continue;
    kept[name] = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return kept;
}
