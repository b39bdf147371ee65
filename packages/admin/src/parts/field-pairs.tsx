// Pairs of a name and a text.

import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@sluice/icons';
import type { Json } from '@sluice/protocol';
import { useState } from 'react';
import type { FieldInputProps } from './field-input.tsx';

type Pair = readonly [name: string, text: string];

export function PairsInput({ field, value, problem, disabled, onChange }: FieldInputProps) {
  const { label, description, required = false } = field;
  const [pairs, setPairs] = useState<readonly Pair[]>(() => pairsOf(value));
  const change = (next: readonly Pair[]): void => {
    setPairs(next);
    const named = next.filter(([name]) => name !== '');
    onChange(named.length === 0 ? null : Object.fromEntries(named));
  };
  const set = (index: number, pair: Pair): void => change(pairs.map((one, at) => (at === index ? pair : one)));
  const names = pairs.map(([name]) => name).filter((name) => name !== '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return (
    <Input.Wrapper
      component="fieldset"
      labelElement="div"
      label={label}
      description={description}
      required={required}
      error={twice === undefined ? problem : `“${twice}” stands here twice: the last one counts.`}
      style={{ border: 0, padding: 0, margin: 0 }}
    >
      <Stack gap={6} mt={4}>
        {pairs.map(([name, text], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no identity of their own
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={`${label}: name ${index + 1}`}
              placeholder="Name"
              disabled={disabled}
              value={name}
              onChange={(event) => set(index, [event.currentTarget.value, text])}
            />
            <TextInput
              flex={2}
              aria-label={`${label}: value of ${name || index + 1}`}
              placeholder="Value"
              disabled={disabled}
              value={text}
              onChange={(event) => set(index, [name, event.currentTarget.value])}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={disabled}
              aria-label={`Take out ${name || index + 1}`}
              onClick={() => change(pairs.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            size="compact-xs"
            variant="default"
            disabled={disabled}
            leftSection={<IconPlus size={13} />}
            onClick={() => setPairs([...pairs, ['', '']])}
          >
            Add
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

function pairsOf(value: Json | undefined): Pair[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([name, text]) => [name, String(text)]);
}
