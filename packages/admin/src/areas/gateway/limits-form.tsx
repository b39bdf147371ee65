// How many requests: any number of limits, each over a window and shared by somebody.

import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@sluice/icons';
import type { Json } from '@sluice/protocol';
import { type Draft, read, write } from './draft.ts';
import type { PartProps } from './policy-form.tsx';

const UNITS = [
  { value: '1000', label: 'a second' },
  { value: '60000', label: 'a minute' },
  { value: '3600000', label: 'an hour' },
  { value: '86400000', label: 'a day' },
];
const SHARED = [
  { value: 'consumer-route', label: 'each consumer, here' },
  { value: 'consumer', label: 'each consumer, on all routes' },
  { value: 'route', label: 'all callers of the route' },
  { value: 'address', label: 'each address' },
];

export function LimitsForm({ draft, onChange, problems, disabled }: PartProps) {
  const limits = (read(draft, ['limits']) ?? []) as readonly Draft[];
  const change = (next: readonly Draft[]): void =>
    onChange(write(draft, ['limits'], next.length === 0 ? undefined : (next as unknown as Json)));
  const set = (index: number, part: Draft): void =>
    change(limits.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Exact over replicas and restarts. What is more is answered with 429, and with the time to wait.
      </Text>
      {limits.map((limit, index) => {
        const windowMs = String(limit.windowMs ?? 60_000);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: limits have no identity of their own
          <Group key={index} gap="xs" wrap="nowrap" align="flex-end">
            <NumberInput
              label="Requests"
              w={100}
              min={1}
              disabled={disabled}
              value={Number(limit.amount ?? 1)}
              error={problems[`limits.${index}.amount`]}
              onChange={(value) => set(index, { amount: typeof value === 'number' ? value : 1 })}
            />
            <Select
              label="In"
              w={130}
              disabled={disabled}
              data={
                UNITS.some(({ value }) => value === windowMs)
                  ? UNITS
                  : [...UNITS, { value: windowMs, label: `${windowMs} ms` }]
              }
              value={windowMs}
              allowDeselect={false}
              onChange={(value) => set(index, { windowMs: Number(value) })}
            />
            <Select
              label="Shared by"
              flex={1}
              disabled={disabled}
              data={SHARED}
              value={String(limit.per ?? 'consumer-route')}
              allowDeselect={false}
              onChange={(value) => set(index, { per: value ?? 'consumer-route' })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              mb={6}
              disabled={disabled}
              aria-label={`Take out limit ${index + 1}`}
              onClick={() => change(limits.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        );
      })}
      <Group>
        <Button
          size="compact-xs"
          variant="default"
          disabled={disabled}
          leftSection={<IconPlus size={13} />}
          onClick={() => change([...limits, { amount: 100, windowMs: 60_000 }])}
        >
          Add a limit
        </Button>
      </Group>
    </Stack>
  );
}
