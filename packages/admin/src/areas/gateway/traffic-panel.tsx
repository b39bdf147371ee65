// The last hour of a route, minute by minute: how much went through, how it was answered, and how long it took.

import { IconActivity } from '@sluice/icons';
import { Facts } from '../../parts/facts.tsx';
import { Section } from '../../parts/section.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { count, duration, plural, when } from '../../parts/words.ts';
import styles from './gateway.module.css';
import { type MinuteOf, useMinutes } from './traffic.ts';

const CLASSES = ['2xx', '1xx', '3xx', '4xx', '5xx'] as const;
const SAID = { '1xx': 'upgraded', '2xx': 'done', '3xx': 'elsewhere', '4xx': 'refused', '5xx': 'failed' } as const;
const HEIGHT = 96;

export function TrafficPanel({ route }: { readonly route: string }) {
  const minutes = useMinutes(route);
  const seen = minutes.filter((minute) => minute !== null);
  const requests = seen.reduce((sum, minute) => sum + minute.requests, 0);
  if (requests === 0)
    return (
      <div className="card">
        <EmptyState icon={IconActivity} title="Nothing went through in the last hour">
          Requests to this route are counted here by minute, with their statuses and how long they took.
        </EmptyState>
      </div>
    );
  const most = Math.max(...seen.map((minute) => minute.requests));
  const slowest = Math.max(...seen.map(({ p95Ms }) => p95Ms ?? 0));
  const of = (name: string): number => seen.reduce((sum, { statuses }) => sum + (statuses[name] ?? 0), 0);
  return (
    <Section title="The last hour" note="By minute; durations are upper bounds.">
      <Facts
        inline
        of={[
          ['Requests', count(requests)],
          ['Most in a minute', `${count(most)} (${(most / 60).toFixed(most < 60 ? 2 : 1)} per second)`],
          ...CLASSES.filter((name) => of(name) > 0).map(
            (name) =>
              [`${name}, ${SAID[name]}`, `${count(of(name))} (${((100 * of(name)) / requests).toFixed(1)} %)`] as const,
          ),
          ['p95 of the slowest minute', duration(slowest)],
        ]}
      />
      <Bars label={`Requests: ${count(requests)}, at most ${count(most)} in a minute`} minutes={minutes}>
        {(minute) => {
          let top = HEIGHT;
          return CLASSES.map((name) => {
            const height = ((minute.statuses[name] ?? 0) / most) * HEIGHT;
            top -= height;
            return <rect key={name} data-class={name} y={top} width={8} height={height} />;
          });
        }}
      </Bars>
      <Bars label={`p95: at most ${duration(slowest)}`} minutes={minutes}>
        {({ p95Ms }) => {
          const height = ((p95Ms ?? 0) / Math.max(1, slowest)) * HEIGHT;
          return <rect data-class="p95" y={HEIGHT - height} width={8} height={height} />;
        }}
      </Bars>
    </Section>
  );
}

interface BarsProps {
  readonly label: string;
  readonly minutes: readonly (MinuteOf | null)[];
  readonly children: (minute: MinuteOf) => React.ReactNode;
}

function Bars({ label, minutes, children }: BarsProps) {
  return (
    <figure style={{ margin: '16px 0 0' }}>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${minutes.length * 10} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {minutes.map(
          (minute, index) =>
            minute && (
              <g key={minute.at} transform={`translate(${index * 10} 0)`}>
                <title>{`${when(minute.at)}: ${plural(minute.requests, 'request')}, p95 ${duration(minute.p95Ms ?? 0)}`}</title>
                {children(minute)}
              </g>
            ),
        )}
      </svg>
      <figcaption className={styles.axis}>
        <span>an hour ago</span>
        <span>{label}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
