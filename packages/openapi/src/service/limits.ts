// What a service allows, where its description says it: `x-sluice-limits`, a list of { amount, windowMs }.

import type { ApplicationLimit } from '@sluice/protocol';
import { below, isObject, type Problem } from '../reading/problem.ts';

const isWhole = (value: unknown, from: number, to: number): value is number =>
  Number.isInteger(value) && (value as number) >= from && (value as number) <= to;

export function limitsOf(document: Readonly<Record<string, unknown>>, leftOut: Problem[]): ApplicationLimit[] {
  const said = document['x-sluice-limits'];
  return (Array.isArray(said) ? said : []).slice(0, 10).flatMap((one, index): ApplicationLimit[] => {
    const { amount, windowMs, per = 'user' } = isObject(one) ? one : {};
    if (
      isWhole(amount, 1, 1_000_000) &&
      isWhole(windowMs, 10, 86_400_000 * 31) &&
      (per === 'user' || per === 'application')
    )
      return [{ amount, windowMs, per }];
    leftOut.push({ pointer: below('', 'x-sluice-limits', index), message: 'is no { amount, windowMs, per }' });
    return [];
  });
}
