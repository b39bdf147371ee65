// What code of an application has at hand: the install of the user it works for, its service, and the log.

import type { LinkRecord } from '@sluice/protocol';
import { HttpSender } from '../http/sender.ts';
import type { Clients } from '../net/clients.ts';
import type { Abort } from '../step/abort.ts';
import { Fail } from '../step/errors.ts';
import type { Host } from '../step/host.ts';
import { Storage } from '../storage/storage.ts';
import { ApplicationApi } from './api.ts';
import type { Application } from './application.ts';
import type { Install } from './install.ts';

export interface LogOptions {
  /** Show the line to whoever looks at the process in the Admin. */
  readonly forAdmin?: boolean;
  readonly [field: string]: unknown;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Lines about the work in hand; what it belongs to is added by itself. */
export type Log = Readonly<Record<LogLevel, (message: string, options?: LogOptions) => void>>;

export type About = Partial<Omit<LinkRecord, 'type' | 'at'>>;

/** Parts are made when they are first used: most work uses few. */
export class ApplicationContext {
  /** For whom. */
  readonly user: string;
  protected readonly host: Host;
  readonly #application: Application | undefined;
  readonly #abort: Abort;
  #log: Log | null = null;
  #http: HttpSender | null = null;
  #api: ApplicationApi | null = null;

  constructor(host: Host, abort: Abort, user: string, application: Application | undefined) {
    this.host = host;
    this.#abort = abort;
    this.user = user;
    this.#application = application;
  }

  /** Aborts when the platform no longer waits for the answer. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Epoch milliseconds: the time of the test in a test. */
  now(): number {
    return this.host.now();
  }

  get log(): Log {
    this.#log ??= {
      debug: this.#line('debug'),
      info: this.#line('info'),
      warn: this.#line('warn'),
      error: this.#line('error'),
    };
    return this.#log;
  }

  /** Sends requests to anywhere; each is measured and logged. */
  get http(): HttpSender {
    const { wire, now, timeout, onRecord } = this.host;
    this.#http ??= new HttpSender({
      wire,
      now,
      timeout,
      signal: this.signal,
      headers: this.requestHeaders(),
      onSent: (sent) => onRecord({ type: 'metric', at: now(), ...this.about(), ...sent }),
      log: this.log,
    });
    return this.#http;
  }

  /** The service of the application, as the user of this work: base URL, credentials and limits of time are added. */
  get api(): ApplicationApi {
    this.#api ??= new ApplicationApi(this.#applicationHere(), this.user, this.http, this.host.installs);
    return this.#api;
  }

  /** The application as this user has it. @throws Fail `install.unknown` when they have not installed it */
  install(): Promise<Install> {
    return this.host.installs.get(this.#applicationHere().key, this.user);
  }

  /** Clients of servers that are kept between calls. */
  get clients(): Clients {
    return this.host.clients;
  }

  /** What is kept on the platform for this user of the application; without an application, for this worker. */
  get storage(): Storage {
    return new Storage(this.host, { application: this.#application?.key ?? null, user: this.user }, this.signal);
  }

  /** Added to every request. */
  protected requestHeaders(): Record<string, string> {
    return {};
  }

  /** What log lines and measurements belong to. */
  protected about(): About {
    return this.#application ? { application: this.#application.key } : {};
  }

  #applicationHere(): Application {
    if (this.#application) return this.#application;
    throw new Fail('This step belongs to no application: set its member "application", or use "http" with a full URL.');
  }

  #line(level: LogLevel) {
    return (message: string, { forAdmin = false, ...fields }: LogOptions = {}): void => {
      const text = Object.keys(fields).length > 0 ? `${message} ${JSON.stringify(fields)}` : message;
      this.host.onRecord({
        type: 'log',
        at: this.host.now(),
        ...this.about(),
        level,
        message: text.slice(0, 10_000),
        forAdmin,
      });
    };
  }
}
