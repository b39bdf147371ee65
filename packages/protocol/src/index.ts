// Door of the wire: everything both sides must agree on, and nothing that does I/O.

export * from './api/resources.ts';
export * from './errors.ts';
export { BODY_ENCODING_HEADER, type Body, bodyBytes, decodeBody, encodeBody } from './message/body.ts';
export { type Headers, IDENTITY_HEADERS, MAX_HEADER_BYTES, ownHeaders, RESULT_HEADERS } from './message/headers.ts';
export {
  type CallFailure,
  type CallResult,
  type Item,
  OUTCOME_TABLE,
  type Outcome,
  type OutcomeRow,
  WIRE_CODES,
} from './outcome/outcome.ts';
export type { CallTarget, StepCall } from './worker/call.ts';
export {
  type Answer,
  type Answers,
  CALLS_PATH,
  fromWireCall,
  fromWireOutcome,
  outcomeFault,
  toWireOutcome,
  type WireBody,
  type WireCall,
  type WireItem,
  type WireOutcome,
  type WireTarget,
  type Work,
  WorkBuilder,
  workFault,
} from './worker/calls.ts';
export {
  actionPath,
  asciiJson,
  decodeAnswer,
  decodeCall,
  encodeCall,
  encodeOutcome,
  excerpt,
} from './worker/envelope.ts';
export {
  LINK_PATH,
  LINK_SUBPROTOCOL,
  type LinkRecord,
  type PlatformFrame,
  type WorkerFrame,
} from './worker/link.ts';
export {
  type Action,
  ActionSchema,
  type Manifest,
  ManifestSchema,
  STEP_KINDS,
  type StepKind,
} from './worker/manifest.ts';
export { retryAfterMs } from './worker/retry-after.ts';
export {
  readSignature,
  SIGNATURE_HEADER,
  SIGNATURE_TOLERANCE_S,
  type Signature,
  signedPrefix,
  writeSignature,
} from './worker/signature.ts';
