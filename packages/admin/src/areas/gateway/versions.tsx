// Which versions of a route get requests: all to one, or a part of them to try a new one on.

import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import type { RouteTraffic, RouteView } from '@sluice/protocol';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { act } from '../../parts/act.ts';
import { Section } from '../../parts/section.tsx';
import styles from './gateway.module.css';

export function Versions({ route }: { readonly route: RouteView }) {
  const { name, versions, traffic } = route;
  const may = useMay('gateway:write');
  const [shares, setShares] = useState(() => new Map(traffic.map(({ version, percent }) => [version, percent])));
  const newest = Math.max(...versions);
  const main = [...traffic].sort((a, b) => b.percent - a.percent)[0]?.version ?? newest;
  const sum = [...shares.values()].reduce((total, percent) => total + percent, 0);
  const trafficOf = (from: ReadonlyMap<number, number>): RouteTraffic =>
    [...from].filter(([, percent]) => percent > 0).map(([version, percent]) => ({ version, percent }));
  const changed =
    JSON.stringify(trafficOf(new Map([...shares].sort()))) !==
    JSON.stringify([...traffic].sort((a, b) => a.version - b.version));
  const divide = async (next: ReadonlyMap<number, number>): Promise<void> => {
    const before = traffic;
    const done = await act({
      run: () => api.gateway.routes.setTraffic(name, trafficOf(next)),
      done: 'The requests are divided so from now on.',
      undo: () => api.gateway.routes.setTraffic(name, before),
      changes: ['gateway'],
    });
    if (done) setShares(new Map(next));
  };
  return (
    <Section
      title="Versions"
      note="A saved definition stays as it is. A caller stays with one version."
      actions={
        newest !== main && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              disabled={!may}
              onClick={() =>
                void divide(
                  new Map([
                    [main, 95],
                    [newest, 5],
                  ]),
                )
              }
            >
              Try v{newest} on 5 %
            </Button>
            <Button size="xs" disabled={!may} onClick={() => void divide(new Map([[newest, 100]]))}>
              All to v{newest}
            </Button>
          </Group>
        )
      }
    >
      <div className={styles.split} aria-hidden>
        {trafficOf(shares).map(({ version, percent }) => (
          <span key={version} style={{ flexGrow: percent }} title={`v${version}: ${percent} %`} />
        ))}
      </div>
      {[...versions]
        .sort((a, b) => b - a)
        .map((version) => (
          <div key={version} className={styles.version}>
            <strong>v{version}</strong>
            <Text size="sm" c="dimmed">
              {(shares.get(version) ?? 0) === 0 ? 'gets no requests' : `gets ${shares.get(version)} % of them`}
              {version === newest ? ', the newest' : ''}
            </Text>
            <NumberInput
              size="xs"
              aria-label={`Percent of v${version}`}
              suffix=" %"
              min={0}
              max={100}
              disabled={!may}
              value={shares.get(version) ?? 0}
              onChange={(value) => setShares(new Map(shares).set(version, typeof value === 'number' ? value : 0))}
            />
          </div>
        ))}
      <Stack gap="xs" mt="sm">
        <Group justify="flex-end">
          {sum !== 100 && (
            <Text size="sm" c="vermilion" role="alert">
              The sum is {sum} %; it must be 100 %.
            </Text>
          )}
          <Button disabled={!may || sum !== 100 || !changed} onClick={() => void divide(shares)}>
            Divide them so
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
