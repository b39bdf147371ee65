// The service of an application, as one user: requests get its address and the proof of that user, and a token that the
// service refuses is renewed once.

import type { HttpRequest, RequestOptions } from '../http/request.ts';
import type { HttpResponse, HttpSender, SendOptions } from '../http/sender.ts';
import type { Installs } from '../platform/installs.ts';
import type { Application } from './application.ts';
import type { Install } from './install.ts';

export class ApplicationApi {
  readonly #application: Application;
  readonly #user: string;
  readonly #http: HttpSender;
  readonly #installs: Installs;

  constructor(application: Application, user: string, http: HttpSender, installs: Installs) {
    this.#application = application;
    this.#user = user;
    this.#http = http;
    this.#installs = installs;
  }

  /** The request as it would be sent. */
  async request(path: string, options: RequestOptions = {}): Promise<HttpRequest> {
    return this.#application.request(path, options, await this.#install());
  }

  /**
   * Send a request to a path of the service and judge its answer; see `HttpSender.send`.
   * @throws Fail `install.not_authorised` when the service refuses a fresh token as well
   */
  async send(path: string, options: RequestOptions & SendOptions = {}): Promise<HttpResponse> {
    const { rules, maxBytes, ...of } = options;
    const how: SendOptions = {
      rules: { ...this.#application.rules, ...rules },
      ...(maxBytes === undefined ? {} : { maxBytes }),
    };
    const install = await this.#install();
    const request = await this.#application.request(path, of, install);
    const response = await this.#http.exchange(request, how);
    if (response.status !== 401 || !install?.token) return this.#http.judge(request, response, how);
    const renewed = await this.#installs.renewed(install);
    const again = await this.#application.request(path, of, renewed);
    return this.#http.judge(again, await this.#http.exchange(again, how), how);
  }

  async #install(): Promise<Install | null> {
    return this.#application.needsInstall ? this.#installs.get(this.#application.key, this.#user) : null;
  }
}
