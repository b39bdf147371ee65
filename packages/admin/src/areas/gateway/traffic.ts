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

export function useTraffic(): ReadonlyMap<string, HourOf> {
  const { data } = useQuery({ queryKey: ['traffic'], queryFn: () => api.gateway.traffic() });
  return new Map((data?.items ?? []).map((one) => [one.route, hourOf(one)]));
}

export function hourWords(hour: HourOf | undefined): string {
  if (!hour || hour.requests === 0) return 'none';
  const broken = hour.broken > 0 ? `, ${count(hour.broken)} failed` : '';
  return `${count(hour.requests)}${broken}${hour.p95Ms === null ? '' : `, p95 ${duration(hour.p95Ms)}`}`;
}
