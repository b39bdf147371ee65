// Door of the wire: everything both sides must agree on, and nothing that does I/O.

export * from './api/applications.ts';
export * from './api/audit.ts';
export * from './api/expressions.ts';
export * from './api/figures.ts';
export * from './api/notifications.ts';
export * from './api/operation.ts';
export * from './api/pages.ts';
export * from './api/people.ts';
export * from './api/resources.ts';
export * from './api/scopes.ts';
export * from './api/statistics.ts';
export * from './api/webhooks.ts';
export {
  type AccessToken,
  type AuthDescriptor,
  CREDENTIALS_FORM,
  OAUTH2_GRANTS,
  type OAuth1Descriptor,
  type OAuth2Descriptor,
} from './application/auth.ts';
export { checkField, checkForm, isHostname, isShown } from './application/check.ts';
export {
  type Choice,
  ChoiceSchema,
  FIELD_TYPES,
  type Field,
  type FieldType,
  type FileValue,
  type Form,
  FormSchema,
  isKeptSecret,
  isSecretField,
  type Json,
  JsonShape,
  KEPT_SECRET,
  type Settings,
} from './application/form.ts';
export {
  type ActionButton,
  type ApplicationLimit,
  type ApplicationManifest,
  ApplicationManifestSchema,
  CATEGORIES,
  type Category,
  HOOKS,
  type Hook,
  type JsonSchema,
  type MethodDescriptor,
  type PackageOrigin,
} from './application/manifest.ts';
export {
  type AnswerData,
  type BodyData,
  type BodyPart,
  type OperationData,
  PARAMETER_STYLES,
  type PageSize,
  type PagesData,
  type ParameterData,
  type ParameterStyle,
  type ServiceAuth,
  type ServiceData,
} from './application/service.ts';
export { type Filled, fillTemplate, fillText, hostIsUserGiven } from './application/template.ts';
export {
  HANDSHAKES,
  type Verification,
  type VerificationInput,
  VerificationSchema,
  type WebhookEvent,
  WebhookEventSchema,
} from './application/webhook.ts';
export * from './errors.ts';
export * from './gateway/consumer.ts';
export * from './gateway/import.ts';
export * from './gateway/issuer.ts';
export * from './gateway/policies.ts';
export * from './gateway/route.ts';
export { sameRoute } from './gateway/same.ts';
export * from './gateway/target.ts';
export {
  BODY_ENCODING_HEADER,
  type Body,
  bodyBytes,
  decodeBody,
  encodeBody,
  type KeptBody,
  plainBody,
} from './message/body.ts';
export {
  type Headers,
  IDENTITY_HEADERS,
  MAX_HEADER_BYTES,
  ownHeaders,
  RESULT_HEADERS,
  TRACE_HEADERS,
} from './message/headers.ts';
export {
  type Address,
  addressOfHost,
  type Block,
  contains,
  isLocalName,
  kindOf,
  kindOfAddress,
  networkOf,
  parseAddress,
  parseBlock,
} from './net/addresses.ts';
export { type Allowed, type Destination, parseAllowList, refusalOf } from './net/allow-list.ts';
export type { AddressKind } from './net/special-blocks.ts';
export {
  type Called,
  type CallFailure,
  type CallResult,
  type Item,
  OUTCOME_TABLE,
  type Outcome,
  type OutcomeRow,
  WIRE_CODES,
} from './outcome/outcome.ts';
export {
  ASK_PATH,
  type Ask,
  type AskAnswers,
  type AskResult,
  AskSchema,
  type InstallForWorker,
} from './worker/ask.ts';
export type { CallTarget, ChainLink, StepCall } from './worker/call.ts';
export {
  type Answer,
  type Answers,
  CALLS_PATH,
  FULL_BATCH_CHARS,
  fromWireCall,
  fromWireOutcome,
  nextCall,
  outcomeFault,
  toWireAnswers,
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
export type { DataAct, DataAnswers, DataEntryView } from './worker/data-act.ts';
export {
  actionPath,
  asciiJson,
  decodeAnswer,
  decodeCall,
  encodeCall,
  encodeOutcome,
  excerpt,
} from './worker/envelope.ts';
export { chunkFrame, Inflow, Outflow, readChunk, STREAM_WINDOW, type StreamFrame } from './worker/flow.ts';
export { goneWhenSent } from './worker/frame-memory.ts';
export {
  FRAMES_TYPE,
  FrameReader,
  framed,
  inParts,
  MAX_FRAME_BYTES,
  namesFrames,
  onlyFrame,
  pieceOf,
} from './worker/frames.ts';
export { HTTP_METHODS, type HttpMethod } from './worker/http-method.ts';
export {
  INVOKE_PATH,
  type Invocation,
  type InvocationBody,
  type InvocationFailure,
  type InvocationResult,
  invocationResultFault,
  type Operation,
} from './worker/invocation.ts';
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
export {
  METHOD_ANSWER_HEADER,
  METHOD_OUTCOME_HEADER,
  METHOD_USER_HEADER,
  METHODS_PATH,
  type MethodCall,
  type MethodHead,
  methodHeaders,
  methodHeadFault,
  methodPath,
  methodSigned,
  replyHeaders,
} from './worker/method.ts';
export { isPacked, packAnswers, readFrame } from './worker/packing.ts';
export { rateLimitResetMs, retryAfterMs } from './worker/retry-after.ts';
export {
  readSignature,
  SIGNATURE_HEADER,
  SIGNATURE_TOLERANCE_S,
  type Signature,
  signedPrefix,
  writeSignature,
} from './worker/signature.ts';
