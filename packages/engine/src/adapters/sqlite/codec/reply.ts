// Answers to a group on their way back, as one flat list of plain values.

import type { ProcessStatus } from '../../../core/step.ts';
import { type MessageRow, type OpResult, PASSED_RESULT, type Reply } from '../operations.ts';
import { type Flat, NONE } from './group.ts';

const RESULT = 2;
const OTHER = 3;
const CHAIN = 5;
/** A step in the middle of a chain that went as steps do. */
const PASSED = 6;
/** Up to here the parts of a list are written out one by one; longer ones travel as lists. */
const FEW = 1_000;
export function encodeReply({ results }: Reply): Flat {
  const out: Flat = [];
  for (const result of results)
    if ('failed' in result) out.push(OTHER, result);
    else if (result.ok.steps) {
      const { steps } = result.ok;
      out.push(CHAIN, steps.length);
      for (const [index, step] of steps.entries())
        if (index < steps.length - 1 && isPlain(step)) out.push(PASSED);
        else encodeResult(out, step);
    } else encodeResult(out, result.ok);
  return out;
}

const isPlain = ({ kind, ended, also, ready = NONE }: OpResult): boolean =>
  kind === 'ok' && !ended && !also && ready.length === 0;

function encodeResult(out: Flat, ok: OpResult): void {
  if (ok.kind !== 'ok' || ok.ids || ok.also || ok.limitKey || ok.count !== undefined) {
    out.push(OTHER, { ok });
    return;
  }
  const { ended, positions = [], payloads = [], ready = [], nextDue } = ok;
  out.push(RESULT, ended ?? null, nextDue ?? null, positions.length);
  if (positions.length > FEW) out.push(positions, payloads);
  else for (let i = 0; i < positions.length; i++) out.push(positions[i], payloads[i]);
  out.push(ready.length === 0 ? null : ready);
}

export function decodeReply(list: Flat): Reply {
  let at = 0;
  const next = <T>(): T => list[at++] as T;
  const read = (kind: number): Reply['results'][number] => {
    if (kind === OTHER) return next();
    if (kind === PASSED) return { ok: PASSED_RESULT };
    const ended = next<ProcessStatus | null>();
    const nextDue = next<number | null>();
    const count = next<number>();
    let positions: number[] = [];
    let payloads: number[] = [];
    if (count > FEW) {
      positions = next();
      payloads = next();
    } else
      for (let i = 0; i < count; i++) {
        positions.push(next());
        payloads.push(next());
      }
    const ready = next<readonly MessageRow[] | null>() ?? NONE;
    return { ok: { kind: 'ok', ended, nextDue, positions, payloads, ready } };
  };
  const results: Reply['results'][number][] = [];
  while (at < list.length) {
    const kind = next<number>();
    if (kind !== CHAIN) results.push(read(kind));
    else {
      const steps: OpResult[] = [];
      for (let left = next<number>(); left > 0; left--) steps.push((read(next()) as { ok: OpResult }).ok);
      results.push({ ok: { kind: 'ok', steps } });
    }
  }
  return { results };
}
