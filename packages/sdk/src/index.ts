// Door of the SDK: what a service installs to join.

export type { Category, Choice, Json, JsonSchema, PackageOrigin } from '@sluice/protocol';
export type { ApplicationApi } from './application/api.ts';
export {
  type ActionButton,
  Application,
  type Limit,
  type SubscribeRequest,
  type Subscription,
  type Webhook,
} from './application/application.ts';
export { ApiKeyAuth, type ApiKeyOptions } from './application/auth/api-key.ts';
export { type Auth, credential, credentialsForm } from './application/auth/auth.ts';
export { type AwsOptions, AwsSigV4Auth } from './application/auth/aws.ts';
export { BasicAuth, type BasicCredentials, type BasicOptions } from './application/auth/basic.ts';
export { BearerAuth } from './application/auth/bearer.ts';
export { HmacAuth, type HmacOptions } from './application/auth/hmac.ts';
export { JwtAuth, type JwtOptions } from './application/auth/jwt.ts';
export { MutualTlsAuth, type MutualTlsOptions } from './application/auth/mutual-tls.ts';
export { OAuth1, type OAuth1Options } from './application/auth/oauth1.ts';
export { OAuth2, type OAuth2Options, tokenOf } from './application/auth/oauth2.ts';
export type { ApplicationContext, LogOptions } from './application/context.ts';
export { type Field, type Form, field, form } from './application/form.ts';
export { Install } from './application/install.ts';
export {
  Method,
  type MethodOptions,
  method,
  Reply,
  type ReplyBody,
  type ReplyOptions,
  reply,
} from './application/method.ts';
export type { MethodContext, Page, RunOptions } from './application/method-context.ts';
export type { MethodRequest } from './application/method-request.ts';
export { DescribedApplication, type DescribedOptions } from './described/application.ts';
export { Operation, OperationBatch, OperationConnector } from './described/operation.ts';
export { DescribedService, describedService, type OperationStep } from './described/service.ts';
export type { Common, Endpoint, EndpointTable } from './endpoints/endpoint.ts';
export { type FaultsOptions, faults } from './endpoints/faults.ts';
export { type Page as ListPage, type Paging, paging } from './endpoints/paging.ts';
export { partOf } from './endpoints/pointer.ts';
export { type Resource, resource } from './endpoints/resource.ts';
export { stepsOf } from './endpoints/steps.ts';
export { linkedQuery } from './http/link-header.ts';
export { isSecretName, maskHeaders, maskSent, maskUrl } from './http/masking.ts';
export { path } from './http/path.ts';
export type { Reading } from './http/reading.ts';
export type { HttpRequest, RequestOptions } from './http/request.ts';
export { DEFAULT_RULES, type StatusRules, type StatusVerdict, verdictOf } from './http/rules.ts';
export { HttpResponse, HttpSender, type SendOptions } from './http/sender.ts';
export { undiciWire, type Wire, type WireAnswer, type WireRequest } from './http/wire.ts';
export { FILES_ROOT, Folder } from './local/folder.ts';
export { type ClientSource, Clients } from './net/clients.ts';
export { accountForm, accountOf, connectionForm, setting, targetOf, tlsOf } from './net/connection.ts';
export { type PageOptions, type Receiver, Receivers } from './net/receivers.ts';
export { ServerApplication } from './net/server-application.ts';
export { allowedAddress, GuardedSocket, guardedTarget, type Target } from './net/target.ts';
export { connectionTrouble, type DeadlineOptions, withDeadline } from './net/trouble.ts';
export { offerOf } from './packages/offer.ts';
export { Platform } from './platform/platform.ts';
export type { Offer } from './step/catalogue.ts';
export {
  type Content,
  contentFields,
  contentOutput,
  decodeContent,
  type Encoding,
  encodeContent,
} from './step/content.ts';
export type { Context, StepLog } from './step/context.ts';
export { Fail, Hold, LimitReached, Redeliver, StopQuietly, Verdict } from './step/errors.ts';
export type { Host, RecordSink } from './step/host.ts';
export { pick, schema } from './step/json-schema.ts';
export type { Change, Message } from './step/message.ts';
export { type ItemOptions, item, route } from './step/result.ts';
export {
  type AnyStep,
  AppBatch,
  AppConnector,
  Batch,
  type BatchResult,
  Connector,
  CustomNode,
  type Result,
} from './step/step.ts';
export type { Cache, RememberOptions } from './storage/cache.ts';
export type { Collection, Item } from './storage/collection.ts';
export type { Storage } from './storage/storage.ts';
export type { Entry, SetOptions, Values } from './storage/values.ts';
export { type JoinOptions, join, type Link, type LinkState } from './transport/link.ts';
export { type LocalWorker, local } from './transport/local.ts';
export { requestHandler, type Served, type ServeOptions, serve } from './transport/serve.ts';

// Where requests may go, and how they prove who sends them.

export { authOf } from './application/auth/from-descriptor.ts';
export type { ClientTls } from './http/client-certificate.ts';
export { AddressRefused, ALLOWED_ADDRESSES, type Guard } from './http/guard.ts';
export { maskText } from './http/masking.ts';
export { type SettledRequest, settle } from './http/request.ts';
export { connectionsFor, guardedWire } from './http/wire.ts';
export { type AwsCredentials, signAws } from './signing/aws.ts';
export { type HmacPart, type HmacSigning, signHmac } from './signing/hmac.ts';
export { assertionGrant, clientAssertion, type JwtClaims, jwtOf, signJwt } from './signing/jwt.ts';
export { type Moment, momentOf } from './signing/moment.ts';
export { type Oauth1Credentials, signOauth1 } from './signing/oauth1.ts';
export {
  type CheckedDelivery,
  checkDelivery,
  deliveryIdHeaders,
  type ReceivedDelivery,
  sameSecret,
} from './webhook/check.ts';
export { DELIVERY_TOLERANCE_S } from './webhook/scheme.ts';
export { type SignedDelivery, signDelivery } from './webhook/sign.ts';
