// Door of the SDK: what a service installs to join.

export { Application } from './application/application.ts';
export { type Auth, BasicAuth, BearerAuth } from './application/auth.ts';
export { isSecretName, maskHeaders, maskSent, maskUrl } from './http/masking.ts';
export type { HttpRequest, RequestOptions } from './http/request.ts';
export { DEFAULT_RULES, type StatusRules, type StatusVerdict } from './http/rules.ts';
export { HttpResponse, HttpSender, type SendOptions } from './http/sender.ts';
export { undiciWire, type Wire, type WireAnswer, type WireRequest } from './http/wire.ts';
export type { Offer } from './step/catalogue.ts';
export type { Context, LogOptions, StepLog } from './step/context.ts';
export { Fail, Hold, LimitReached, Redeliver, StopQuietly } from './step/errors.ts';
export type { Host, RecordSink } from './step/host.ts';
export type { Change, Message } from './step/message.ts';
export { type ItemOptions, item, route } from './step/result.ts';
export { type AnyStep, Batch, type BatchResult, Connector, CustomNode, type Result } from './step/step.ts';
export { type JoinOptions, join, type Link, type LinkState } from './transport/link.ts';
export { type LocalWorker, local } from './transport/local.ts';
export { requestHandler, type Served, type ServeOptions, serve } from './transport/serve.ts';
