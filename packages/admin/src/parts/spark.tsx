// Bars as small as a word: what completed and what failed, over time.

import styles from './spark.module.css';
import { count } from './words.ts';

export interface SparkProps {
  readonly label: string;
  readonly bars: readonly { readonly at: number; readonly completed: number; readonly failed: number }[];
}

const HEIGHT = 22;
const BAR = 4;

export function Spark({ label, bars }: SparkProps) {
  const most = Math.max(1, ...bars.map(({ completed, failed }) => completed + failed));
  const total = bars.reduce((sum, { completed }) => sum + completed, 0);
  const failures = bars.reduce((sum, { failed }) => sum + failed, 0);
  const heightOf = (value: number): number => (value === 0 ? 0 : Math.max(2, (value / most) * HEIGHT));
  return (
    <svg
      className={styles.spark}
      width={bars.length * (BAR + 1)}
      height={HEIGHT}
      role="img"
      aria-label={`${label}: ${count(total)} completed, ${count(failures)} failed`}
    >
      {bars.map(({ at, completed, failed }, index) => {
        const bad = heightOf(failed);
        const good = heightOf(completed);
        return (
          <g key={at} transform={`translate(${index * (BAR + 1)} 0)`}>
            <rect y={HEIGHT - 1} width={BAR} height={1} className={styles.base} />
            <rect y={HEIGHT - bad - good} width={BAR} height={good} rx={1} className={styles.good} />
            <rect y={HEIGHT - bad} width={BAR} height={bad} rx={1} className={styles.bad} />
          </g>
        );
      })}
    </svg>
  );
}
