// A remote service: who it is, what it asks its users, how requests reach it and prove who sends them.

import {
  type ApplicationLimit,
  type Category,
  type Choice,
  fillTemplate,
  hostIsUserGiven,
  type Json,
  type PackageOrigin,
  type VerificationInput,
  type WebhookEvent,
} from '@sluice/protocol';
import type { Reading } from '../http/reading.ts';
import type { HttpRequest, RequestOptions } from '../http/request.ts';
import type { HttpResponse } from '../http/response.ts';
import type { StatusRules } from '../http/rules.ts';
import { Fail } from '../step/errors.ts';
import type { Auth } from './auth/auth.ts';
import type { ApplicationContext } from './context.ts';
import type { Form } from './form.ts';
import type { Install } from './install.ts';
import type { Method } from './method.ts';

export type Limit = Omit<ApplicationLimit, 'per'> & Partial<Pick<ApplicationLimit, 'per'>>;

/** A button on the page of an install. */
export interface ActionButton {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  /** What the person is asked before it runs. */
  readonly form?: Form;
  /** @returns shown to the person */
  run(input: Json, context: ApplicationContext): Json | Promise<Json>;
}

/** How the service calls a subscription: whatever `unsubscribe` needs to end it. */
export interface Subscription {
  readonly reference: Json;
  /** What the service signs with, when it made that itself instead of taking ours. */
  readonly secret?: string;
  /** Epoch ms at which the service ends the subscription by itself: before that it is subscribed to anew. */
  readonly expiresAt?: number;
}

export interface SubscribeRequest {
  /** Where the service shall deliver. */
  readonly url: string;
  /** What it shall sign with, when it takes one. */
  readonly secret: string;
  readonly parameters: Readonly<Record<string, Json>>;
}

/** An event the service reports by webhook. */
export interface Webhook
  extends Omit<WebhookEvent, 'verification' | 'handshake' | 'parameters'>,
    Partial<Pick<WebhookEvent, 'handshake'>> {
  readonly verification?: VerificationInput;
  readonly parameters?: Form;
  subscribe(request: SubscribeRequest, context: ApplicationContext): Promise<Subscription>;
  /** A subscription that is gone already is fine. */
  unsubscribe(reference: Json, context: ApplicationContext): Promise<void>;
  /** All subscriptions of this event that the service has, to find those nobody knows. */
  list?(context: ApplicationContext): Promise<readonly { reference: Json; url: string }[]>;
}

type After = (context: ApplicationContext) => void | Promise<void>;

export abstract class Application {
  /** Stable id, such as `hubspot`. */
  abstract readonly key: string;
  abstract readonly name: string;
  /** Markdown. */
  readonly description?: string;
  /** `data:` address of an image. */
  readonly logo?: string;
  readonly website?: string;
  /** Where a store shows it. */
  readonly categories: readonly Category[] = [];
  /** The npm package that brings it; said by whoever loads it from there. */
  package?: PackageOrigin;
  /** May have parts that users fill in: `https://{settings.shop}.example.com/api`; '' when it is not reached by HTTP. */
  abstract readonly baseUrl: string;
  readonly auth?: Auth;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** What a status means, for all endpoints. */
  readonly rules?: StatusRules;
  /** What the service says of an answer in a way of its own: that it is full, or what is wrong, by name and in words. */
  read?(response: HttpResponse, now: number): Reading | undefined;
  /** What users are asked beside their credentials. */
  readonly forms: readonly Form[] = [];
  /** What the service allows; queued and synchronous calls share it. */
  readonly limits: readonly Limit[] = [];
  readonly webhooks: readonly Webhook[] = [];
  readonly actions: readonly ActionButton[] = [];
  /** Called synchronously, by name, at `/sync/applications/{key}/{name}`. */
  readonly methods: Readonly<Record<string, Method>> = {};

  /** Try the connection. @returns what was reached, in words. @throws Fail when it does not work, with the reason */
  test?(context: ApplicationContext): Promise<string>;
  afterInstall?: After;
  afterSave?: After;
  afterAuthorise?: After;
  afterEnable?: After;
  afterDisable?: After;
  afterUninstall?: After;

  /** Users have to install it before their messages can use it. */
  get needsInstall(): boolean {
    return this.auth?.form !== undefined || this.forms.length > 0;
  }

  /** All that users are asked, the credentials first. */
  get allForms(): readonly Form[] {
    return this.auth?.form ? [this.auth.form, ...this.forms] : this.forms;
  }

  /** A request to a path of the service, with base URL, common headers, time limit and proof; '' is the base URL itself. */
  async request(path: string, options: RequestOptions = {}, install: Install | null = null): Promise<HttpRequest> {
    const { baseUrl = this.baseUrl, ...given } = options;
    const base = this.#base(baseUrl, install);
    const url = new URL(path === '' ? base : `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`);
    const timeoutMs = given.timeoutMs ?? this.timeoutMs;
    const request: HttpRequest = {
      ...given,
      url: url.href,
      headers: { ...this.headers, ...given.headers },
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      // Whoever fills in a host must not reach into the network this worker stands in.
      ...(hostIsUserGiven(baseUrl) ? { guard: true } : {}),
    };
    return this.auth ? this.auth.sign(request, install) : request;
  }

  #base(template: string, install: Install | null): string {
    if (template === '') throw new Fail(`"${this.key}" is not reached by HTTP.`, { code: 'step.failed' });
    try {
      return fillTemplate(template, install?.settings ?? {}).url;
    } catch (cause) {
      throw new Fail(`"${this.key}": ${(cause as Error).message}`, { cause, code: 'install.incomplete' });
    }
  }

  /** Users have a say in the host that requests go to. */
  get hostIsUserGiven(): boolean {
    return hostIsUserGiven(this.baseUrl);
  }

  /** @throws Fail when the field asks nobody */
  async choicesOf(form: string, field: string, context: ApplicationContext): Promise<readonly Choice[]> {
    const found = this.allForms.find(({ key }) => key === form)?.fields.find(({ key }) => key === field);
    if (!found) throw new Fail(`"${this.key}" has no field "${field}" in a form "${form}".`);
    return typeof found.choices === 'function' ? found.choices(context) : (found.choices ?? []);
  }
}
