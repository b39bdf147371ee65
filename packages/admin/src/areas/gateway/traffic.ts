// What went through each route in the last hour.

import type { GatewayTraffic } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { count, duration } from '../../parts/words.ts';

export interface HourOf {
  readonly requests: number;
  /** Answered with 5xx. */
  readonly broken: number;
  /** Of the slowest minute; null when nothing went through. */
  readonly p95Ms: number | null;
}

function hourOf({ minutes }: GatewayTraffic): HourOf {
  const slowest = minutes.flatMap(({ p95Ms }) => (p95Ms === null ? [] : [p95Ms]));
  return {
    requests: minutes.reduce((sum, { requests }) => sum + requests, 0),
    broken: minutes.reduce((sum, { statuses }) => sum + (statuses['5xx'] ?? 0), 0),
    p95Ms: slowest.length === 0 ? null : Math.max(...slowest),
  };
}

const useHours = () => useQuery({ queryKey: ['traffic'], queryFn: () => api.gateway.traffic() }).data?.items ?? [];

export const useTraffic = (): ReadonlyMap<string, HourOf> => new Map(useHours().map((one) => [one.route, hourOf(one)]));

export type MinuteOf = GatewayTraffic['minutes'][number];

/** The last 60 minutes of a route, the oldest first; null = nothing went through. */
export function useMinutes(route: string, now = Date.now()): readonly (MinuteOf | null)[] {
  const minutes = useHours().find((one) => one.route === route)?.minutes ?? [];
  const byMinute = new Map(minutes.map((minute) => [Math.floor(minute.at / 60_000), minute]));
  const last = Math.max(Math.floor(now / 60_000), ...byMinute.keys());
  return Array.from({ length: 60 }, (_, index) => byMinute.get(last - 59 + index) ?? null);
}

export function hourWords(hour: HourOf | undefined): string {
  if (!hour || hour.requests === 0) return 'none';
  const broken = hour.broken > 0 ? `, ${count(hour.broken)} failed` : '';
  return `${count(hour.requests)}${broken}${hour.p95Ms === null ? '' : `, p95 ${duration(hour.p95Ms)}`}`;
}
