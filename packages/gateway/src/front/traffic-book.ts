// What went through, by route and minute: enough for a picture of the last hour, in bounded memory.

const MINUTES = 60;
/** Upper ends of the classes of duration, in ms, 1, 2, 5 …; the last one has no end. */
const EDGES = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  1_000,
  2_000,
  5_000,
  10_000,
  30_000,
  60_000,
  Number.POSITIVE_INFINITY,
];
const CLASSES = 6;

class Minute {
  /** Epoch minute. */
  at = -1;
  /** By the first digit of the status. */
  readonly statuses = new Uint32Array(CLASSES);
  readonly durations = new Uint32Array(EDGES.length);
}

export interface MinuteOfTraffic {
  /** Epoch ms of its beginning. */
  readonly at: number;
  readonly requests: number;
  /** By class, `2xx` to `5xx`; `1xx` are connections that were upgraded. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Upper bounds of the durations, in ms; null = nothing went through. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

export interface TrafficOfRoute {
  readonly route: string;
  /** The oldest first; without minutes in which nothing went through. */
  readonly minutes: readonly MinuteOfTraffic[];
}

export class TrafficBook {
  readonly #now: () => number;
  readonly #routes = new Map<string, Minute[]>();
  #answered = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Another one whenever the summary is: something went through, or the hour went on. */
  get revision(): string {
    return `${this.#answered}@${Math.floor(this.#now() / 60_000)}`;
  }

  add(route: string, status: number, durationMs: number): void {
    this.#answered++;
    let minutes = this.#routes.get(route);
    if (!minutes) {
      minutes = Array.from({ length: MINUTES }, () => new Minute());
      this.#routes.set(route, minutes);
    }
    const at = Math.floor(this.#now() / 60_000);
    const minute = minutes[at % MINUTES]!;
    if (minute.at !== at) {
      minute.at = at;
      minute.statuses.fill(0);
      minute.durations.fill(0);
    }
    minute.statuses[Math.min(CLASSES - 1, Math.floor(status / 100))]!++;
    let edge = 0;
    while (durationMs > EDGES[edge]!) edge++;
    minute.durations[edge]!++;
  }

  /** Routes that are no more are forgotten. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#routes.keys()) if (!names.has(name)) this.#routes.delete(name);
  }

  /** The last 60 minutes. */
  summary(): TrafficOfRoute[] {
    const oldest = Math.floor(this.#now() / 60_000) - MINUTES;
    return [...this.#routes].map(([route, minutes]) => ({
      route,
      minutes: minutes
        .filter(({ at }) => at > oldest)
        .sort((a, b) => a.at - b.at)
        .map(shown),
    }));
  }
}

function shown({ at, statuses, durations }: Minute): MinuteOfTraffic {
  const requests = statuses.reduce((sum, one) => sum + one, 0);
  const classes = [...statuses.entries()].filter(([, count]) => count > 0);
  return {
    at: at * 60_000,
    requests,
    statuses: Object.fromEntries(classes.map(([digit, count]) => [`${digit}xx`, count])),
    p50Ms: boundAt(durations, requests, 0.5),
    p95Ms: boundAt(durations, requests, 0.95),
  };
}

function boundAt(durations: Uint32Array, requests: number, share: number): number | null {
  let left = Math.ceil(requests * share);
  if (left === 0) return null;
  for (const [index, count] of durations.entries()) {
    left -= count;
    if (left <= 0) return Math.min(EDGES[index]!, EDGES.at(-2)!);
  }
  return null;
}
