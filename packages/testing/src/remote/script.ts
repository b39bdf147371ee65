// What a remote service is asked, and what it answers, as a test writes it down.

/** A request as a remote service sees it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The body when it is JSON. */
  readonly json?: unknown;
}

/** `'POST https://erp.example.com/orders'`, an address alone, or parts that must all hold. */
export type Match =
  | string
  | RegExp
  | {
      readonly method?: string;
      /** A URL without a query matches with any query. */
      readonly url?: string | RegExp;
      readonly headers?: Readonly<Record<string, string | RegExp>>;
      /** Fields that the JSON body must have; others may be there. */
      readonly json?: unknown;
      readonly body?: string | RegExp;
    };

/** `timeout` never answers · `reset` breaks the connection off. */
export type Scripted =
  | 'timeout'
  | 'reset'
  | {
      /** Default 200. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly body?: string | Uint8Array;
    };

export interface Expectation {
  readonly match: Match;
  /** One answer, one after the other, or one made from the request. */
  readonly answer: Scripted | readonly Scripted[] | ((request: SeenRequest) => Scripted);
  /** How often it must be asked; default once for each answer. `'any'` also never. */
  readonly times?: number | 'any';
}

interface Open {
  readonly expectation: Expectation;
  used: number;
}

export class Script {
  readonly #open: readonly Open[];

  constructor(expectations: readonly Expectation[]) {
    this.#open = expectations.map((expectation) => ({ expectation, used: 0 }));
  }

  async answer(request: SeenRequest): Promise<Scripted | null> {
    const open = this.#open.find((one) => one.used < most(one.expectation) && matches(one.expectation.match, request));
    if (!open) return null;
    const { answer } = open.expectation;
    const turn = open.used++;
    if (typeof answer === 'function') return answer(request);
    return Array.isArray(answer) ? answer[Math.min(turn, answer.length - 1)]! : (answer as Scripted);
  }

  get expected(): readonly string[] {
    return this.#open.map(
      ({ expectation, used }) => `${inWords(expectation.match)} (${used} of ${timesOf(expectation)})`,
    );
  }

  get left(): readonly string[] {
    return this.#open
      .filter(({ expectation, used }) => expectation.times !== 'any' && used < most(expectation))
      .map(
        ({ expectation, used }) =>
          `request ${inWords(expectation.match)}, came ${used} of ${timesOf(expectation)} time(s)`,
      );
  }

  close(): void {}
}

function timesOf({ times, answer }: Expectation): number | 'any' {
  return times ?? (Array.isArray(answer) ? answer.length : 1);
}

function most(expectation: Expectation): number {
  const times = timesOf(expectation);
  return times === 'any' ? Number.POSITIVE_INFINITY : times;
}

function matches(match: Match, request: SeenRequest): boolean {
  if (typeof match === 'string') {
    const [, method, url] = /^([A-Z]+)\s+(.*)$/.exec(match) ?? [null, null, match];
    return (method === null || method === request.method) && sameUrl(url!, request.url);
  }
  if (match instanceof RegExp) return finds(match, `${request.method} ${request.url}`);
  const { method, url, headers = {}, json, body } = match;
  return (
    (method === undefined || method === request.method) &&
    (url === undefined || (url instanceof RegExp ? finds(url, request.url) : sameUrl(url, request.url))) &&
    Object.entries(headers).every(([name, value]) => sameText(value, headerOf(request, name))) &&
    (json === undefined || has(request.json, json)) &&
    (body === undefined || (typeof request.body === 'string' && sameText(body, request.body)))
  );
}

/** Whatever flags it has: those with a memory would match every other time. */
function finds(pattern: RegExp, text: string): boolean {
  return text.search(pattern) >= 0;
}

function sameUrl(wanted: string, url: string): boolean {
  return url === wanted || new URL(url).href === wanted || (!wanted.includes('?') && url.split('?', 1)[0] === wanted);
}

function sameText(wanted: string | RegExp, text: string | undefined): boolean {
  return text !== undefined && (wanted instanceof RegExp ? finds(wanted, text) : wanted === text);
}

function headerOf({ headers }: SeenRequest, name: string): string | undefined {
  return Object.entries(headers).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}

/** Whether a value has at least what is wanted; lists must be as long. */
function has(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return Object.is(value, wanted);
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(wanted)) return false;
  if (Array.isArray(wanted) && wanted.length !== (value as unknown[]).length) return false;
  return Object.entries(wanted).every(([key, inner]) => has((value as Record<string, unknown>)[key], inner));
}

function inWords(match: Match): string {
  if (typeof match === 'string' || match instanceof RegExp) return String(match);
  const { method = 'any method', url = 'any address', ...rest } = match;
  const more = Object.keys(rest).length > 0 ? ` with ${JSON.stringify(rest, readable)}` : '';
  return `${method} ${url}${more}`;
}

const readable = (_key: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value);
