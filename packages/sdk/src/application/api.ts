// The service of an application, as one user: requests get its address and the proof of that user, and a token that the
// service refuses is renewed once.

import type { HttpRequest, RequestOptions } from '../http/request.ts';
import type { StatusRules } from '../http/rules.ts';
import type { HttpResponse, HttpSender, SendOptions } from '../http/sender.ts';
import type { Installs } from '../platform/installs.ts';
import type { Application } from './application.ts';
import type { Install } from './install.ts';

export class ApplicationApi {
  readonly #application: Application;
  readonly #user: string;
  readonly #http: HttpSender;
  readonly #installs: Installs;
  readonly #read: NonNullable<SendOptions['read']>;

  constructor(application: Application, user: string, http: HttpSender, installs: Installs) {
    this.#application = application;
    this.#user = user;
    this.#http = http;
    this.#installs = installs;
    this.#read = (response, now) => application.read?.(response, now);
  }

  /** What a status of the service means, for all endpoints. */
  get rules(): StatusRules {
    return this.#application.rules ?? {};
  }

  /** The application as this user has it; null when it needs no install. */
  async install(): Promise<Install | null> {
    return this.#application.needsInstall ? this.#installs.get(this.#application.key, this.#user) : null;
  }

  /** The request as it would be sent. */
  async request(path: string, options: RequestOptions = {}): Promise<HttpRequest> {
    return this.#application.request(path, options, await this.install());
  }

  /**
   * Send a request to a path of the service and judge its answer; see `HttpSender.send`.
   * @throws Fail `install.not_authorised` when the service refuses a fresh token as well
   */
  async send(path: string, options: RequestOptions & SendOptions = {}): Promise<HttpResponse> {
    const { request, response } = await this.exchange(path, options);
    const { rules, read = this.#read, secrets } = options;
    return this.#http.judge(request, response, {
      rules: { ...this.rules, ...rules },
      read,
      ...(secrets === undefined ? {} : { secrets }),
    });
  }

  /**
   * Send a request to a path of the service and return whatever came back, with the request as it was sent at last.
   * @throws Fail `install.not_authorised` when the service refuses a fresh token as well
   */
  async exchange(
    path: string,
    { rules: _rules, read = this.#read, secrets: _secrets, maxBytes, ...options }: RequestOptions & SendOptions = {},
  ): Promise<{ readonly request: HttpRequest; readonly response: HttpResponse }> {
    const how: SendOptions = maxBytes === undefined ? {} : { maxBytes };
    const install = await this.install();
    const request = await this.#application.request(path, options, install);
    const response = await this.#http.exchange(request, how);
    if (!install?.token || !this.#http.tokenRefused(response, { read })) return { request, response };
    const again = await this.#application.request(path, options, await this.#installs.renewed(install));
    return { request: again, response: await this.#http.exchange(again, how) };
  }
}
