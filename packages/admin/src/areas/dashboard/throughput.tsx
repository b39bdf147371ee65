import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import type { Range } from '@sluice/protocol';
import { barsOf } from './series.ts';
import { useStatistics } from './statistics.ts';
import { tick } from './ticks.ts';

export function Throughput({ range }: { readonly range: Range }) {
  const { data: bars = [] } = useStatistics(range, (view) => barsOf(view));
  return (
    <BarChart
      h={230}
      data={bars.map((bar) => ({ ...bar, time: tick(bar.at, range) }))}
      dataKey="time"
      type="stacked"
      series={[
        {
          name: 'completed',
          label: 'Completed',
          color: 'light-dark(var(--mantine-color-water-6), var(--mantine-color-water-4))',
        },
        {
          name: 'failed',
          label: 'Failed',
          color: 'light-dark(var(--mantine-color-vermilion-5), var(--mantine-color-vermilion-4))',
        },
        { name: 'cancelled', label: 'Cancelled', color: 'gray.5' },
      ]}
      gridAxis="x"
      tickLine="none"
      withLegend
      legendProps={{ verticalAlign: 'top', height: 34 }}
      barProps={{ maxBarSize: 26, isAnimationActive: false }}
      yAxisProps={{ width: 36, allowDecimals: false }}
      xAxisProps={{ interval: 'preserveStartEnd', minTickGap: 28 }}
    />
  );
}
