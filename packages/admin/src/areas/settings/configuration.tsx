// The environment as it is in force: what was set first, then what is as it always is.

import { Skeleton, Text } from '@mantine/core';
import type { SettingView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { Problem } from '../../parts/problem.tsx';
import { Section } from '../../parts/section.tsx';
import styles from './settings.module.css';

export const useSettings = () =>
  useQuery({ queryKey: ['settings'], queryFn: () => api.settings(), staleTime: Number.POSITIVE_INFINITY });

export function Configuration() {
  const { data, error } = useSettings();
  const set = data?.items.filter(({ source }) => source === 'environment') ?? [];
  const usual = data?.items.filter(({ source }) => source === 'default') ?? [];
  return (
    <Section
      title="Configuration"
      note="By environment variables; a change is in force after a restart. Secrets are never shown."
      flush
    >
      <Problem of={error} />
      {!data && !error && <Skeleton height={200} m="md" />}
      {data && (
        <table className={styles.settings} aria-label="Configuration">
          <thead>
            <tr>
              <th>Variable</th>
              <th>Value</th>
              <th>From</th>
              <th>Meaning</th>
            </tr>
          </thead>
          <tbody>
            {[...set, ...usual].map((setting) => (
              <Row key={setting.name} {...setting} />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function Row({ name, value, sealed, source, description }: SettingView) {
  return (
    <tr data-set={source === 'environment'}>
      <td>
        <code>{name}</code>
      </td>
      <td>
        {sealed ? (
          <Text span size="sm" c="dimmed">
            sealed
          </Text>
        ) : (
          (value ?? (
            <Text span size="sm" c="dimmed">
              none
            </Text>
          ))
        )}
      </td>
      <td>{source === 'environment' ? 'set' : 'default'}</td>
      <td>{description}</td>
    </tr>
  );
}
