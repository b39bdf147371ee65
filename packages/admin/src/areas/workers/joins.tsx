// A worker that was registered a moment ago: awaited, then there with what it can do.

import { Badge, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { LinkButton } from '../../parts/link.tsx';
import { plural } from '../../parts/words.ts';
import styles from './workers.module.css';

const MOST_SHOWN = 12;

export function Joins({ name }: { readonly name: string }) {
  const { data: worker } = useQuery({ queryKey: ['workers', name], queryFn: () => api.workers.get(name) });
  const there = worker?.health === 'up' && worker.manifest !== null;
  const actions = worker?.manifest?.actions ?? [];
  return (
    <div className={styles.joins} data-there={there} role="status">
      {there ? (
        <Stack gap="sm">
          <Group gap="sm" wrap="nowrap">
            <IconCircleCheck size={22} aria-hidden />
            <Text fw={600} flex={1}>
              {name} has joined with {plural(actions.length, 'action')}
            </Text>
            <LinkButton to={`/workers/${encodeURIComponent(name)}`} size="xs" variant="default">
              Open it
            </LinkButton>
          </Group>
          <Group gap={6}>
            {actions.slice(0, MOST_SHOWN).map((action) => (
              <Badge key={`${action.kind} ${action.name}`} variant="light" radius="sm" tt="none">
                {action.name}
              </Badge>
            ))}
            {actions.length > MOST_SHOWN && <Text size="xs">and {actions.length - MOST_SHOWN} more</Text>}
          </Group>
        </Stack>
      ) : (
        <Group gap="sm" wrap="nowrap">
          <Loader size={18} aria-hidden />
          <div>
            <Text fw={600}>Waiting for {name} to join …</Text>
            <Text size="sm" c="dimmed">
              {worker?.transport === 'http' && worker.reason
                ? `It does not answer yet: ${worker.reason}`
                : 'Start it with what stands below. This page sees it by itself; you can also close it.'}
            </Text>
          </div>
        </Group>
      )}
    </div>
  );
}
