// One request to the platform, and what may be wrong with it.

export interface HttpOptions {
  readonly url: string;
  /** Without one it is the session of the browser, which sends its cookie by itself. */
  readonly token?: string;
  /** Milliseconds for one call; default 60 000. */
  readonly timeoutMs?: number;
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly json?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the answer is; default JSON. */
  readonly as?: 'json' | 'text';
  /** Statuses that are answers; default: all below 300. */
  readonly accept?: readonly number[] | 'any';
}

/** The platform said no, or could not be asked (`status` 0, code `client.unreachable`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  /** All that is wrong, where there is more than one thing. */
  readonly problems: readonly unknown[];
  /** What is wrong with each field of a form, by `form.field`. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(
    status: number,
    problem: {
      code?: string;
      detail?: string;
      hint?: string;
      problems?: readonly unknown[];
      fields?: Readonly<Record<string, string>>;
    },
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? `The platform answered ${status}.`, options);
    this.status = status;
    this.code = problem.code ?? 'client.unexpected_answer';
    this.hint = problem.hint ?? '';
    this.problems = problem.problems ?? [];
    this.fields = problem.fields ?? {};
  }
}

export interface Exchanged {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

type OpenOptions = Pick<CallOptions, 'query' | 'headers'> & { readonly signal?: AbortSignal };

interface Opened {
  readonly url: URL;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** A path with its values escaped. */
export const path = (strings: TemplateStringsArray, ...values: (string | number)[]): string =>
  String.raw({ raw: strings }, ...values.map((value) => encodeURIComponent(value)));

export class Http {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** @throws ApiError */
  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const { bytes } = await this.exchange(method, path, options);
    const text = new TextDecoder().decode(bytes);
    return (options.as === 'text' ? text : parse(text)) as T;
  }

  /** The answer as it is. @throws ApiError when its status is none of those that are answers */
  async exchange(
    method: string,
    path: string,
    { query = {}, json, raw, headers = {}, accept }: CallOptions = {},
  ): Promise<Exchanged> {
    const url = urlOf(path, this.#options.url, query);
    const body = json === undefined ? raw : JSON.stringify(json);
    let response: Response;
    let bytes: Uint8Array;
    try {
      response = await fetch(url, {
        method,
        headers: {
          ...this.#authorization(),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
        credentials: 'same-origin',
        signal: AbortSignal.timeout(this.#options.timeoutMs ?? 60_000),
      });
      bytes = new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      throw unreachable(url, cause);
    }
    const { status } = response;
    if (accept === 'any' || (accept ? accept.includes(status) : response.ok))
      return { status, headers: response.headers, bytes };
    throw refused(method, path, status, new TextDecoder().decode(bytes));
  }

  /**
   * An answer that goes on for as long as both sides like, as chunks of text.
   * @throws ApiError when it is refused, cannot be reached, or breaks
   */
  async *stream(path: string, options: OpenOptions): AsyncGenerator<string> {
    const { url, body } = await this.open('GET', path, options);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } catch (cause) {
      throw unreachable(url, cause);
    } finally {
      await reader.cancel().catch(() => {});
    }
  }

  /** The head of an answer, and its body as it comes. @throws ApiError when it is refused or cannot be reached */
  async open(method: string, path: string, { query = {}, headers = {}, signal }: OpenOptions = {}): Promise<Opened> {
    const url = urlOf(path, this.#options.url, query);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        credentials: 'same-origin',
        headers: { ...this.#authorization(), ...headers },
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      throw unreachable(url, cause);
    }
    const { ok, status, body } = response;
    if (!ok || !body) throw refused(method, path, status, await response.text());
    return { url, headers: response.headers, body };
  }

  #authorization(): Record<string, string> {
    const { token } = this.#options;
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }
}

function urlOf(path: string, base: string, query: NonNullable<CallOptions['query']>): URL {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) if (one !== undefined) url.searchParams.append(name, String(one));
  return url;
}

function unreachable(url: URL, cause: unknown): ApiError {
  const why = ((cause as Error).cause as Error | undefined)?.message || (cause as Error).message;
  const detail = `The platform at ${url.origin} cannot be reached: ${why}`;
  const hint = 'Start it with `sluice start`, or set SLUICE_URL.';
  return new ApiError(0, { code: 'client.unreachable', detail, hint }, { cause });
}

function refused(method: string, path: string, status: number, text: string): ApiError {
  const value = parse(text);
  const detail = `${method} ${path} answered ${status}: ${text.slice(0, 300)}`;
  return new ApiError(status, typeof value === 'object' && value !== null ? value : { detail });
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
