// Every step of a process beside the time that it took, from its arrival to its end.

import { Text, Tooltip, UnstyledButton } from '@mantine/core';
import type { ProcessView, StepView } from '@sluice/protocol';
import { Status } from '../../parts/status.tsx';
import { duration, plural } from '../../parts/words.ts';
import styles from './timeline.module.css';

export interface TimelineProps {
  readonly process: ProcessView;
  readonly steps: readonly StepView[];
  /** There are steps that are not shown. */
  readonly more: boolean;
  readonly chosen: string | undefined;
  readonly onOpen: (step: StepView) => void;
}

const outcome = ({ state, result }: StepView): string => (state === 'done' && result ? result : state);

export function Timeline({ process, steps, more, chosen, onOpen }: TimelineProps) {
  const from = process.startedAt;
  const to = Math.max(process.endedAt ?? 0, ...steps.map(({ changedAt }) => changedAt), from + 1);
  const place = (at: number): number => (100 * (at - from)) / (to - from);
  const marks = [0, 0.25, 0.5, 0.75, 1];
  return (
    <section className={`card ${styles.timeline}`} aria-label="Timeline">
      <div className={styles.axis}>
        <Text size="xs" c="dimmed">
          {plural(steps.length, 'step')}
        </Text>
        <span />
        <div className={styles.scale} aria-hidden>
          {marks.map((mark) => (
            <span key={mark} style={{ left: `${mark * 100}%` }} data-last={mark === 1}>
              {duration((to - from) * mark)}
            </span>
          ))}
        </div>
      </div>
      {steps.map((step) => {
        const worked = step.durationMs ?? 0;
        const left = place(step.arrivedAt);
        const right = place(Math.max(step.changedAt, step.arrivedAt));
        const workLeft = Math.max(left, place(step.changedAt - worked));
        return (
          <UnstyledButton
            key={step.id}
            className={styles.step}
            aria-current={step.id === chosen}
            onClick={() => onOpen(step)}
          >
            <span className={styles.node}>
              <span className="truncate">{step.node}</span>
              {step.attempts.length > 0 && (
                <Tooltip label={`${step.attempts.length} attempts before`}>
                  <span className={styles.attempts}>{step.attempts.length + 1}×</span>
                </Tooltip>
              )}
            </span>
            <Status of={step.state} label={outcome(step)} />
            <span className={styles.track}>
              <span
                className={styles.wait}
                style={{ left: `${left}%`, width: `${Math.max(0, workLeft - left)}%` }}
                aria-hidden
              />
              <span
                className={styles.work}
                data-state={step.state}
                style={{ left: `${workLeft}%`, width: `max(3px, ${right - workLeft}%)` }}
                aria-hidden
              />
              <span
                className={styles.took}
                data-left={right > 82}
                style={right > 82 ? { right: `${100 - workLeft + 1}%` } : { left: `calc(${right}% + 8px)` }}
              >
                {duration(Math.max(worked, 0))}
              </span>
            </span>
          </UnstyledButton>
        );
      })}
      {more && (
        <Text size="sm" c="dimmed" p="sm">
          Further steps are not drawn.
        </Text>
      )}
    </section>
  );
}
