// Several targets at once, whose answers become members of one: each part has a name and a target of its own.

import { ActionIcon, Button, Card, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@sluice/icons';
import type { Json } from '@sluice/protocol';
import type { ComponentType } from 'react';
import { type Draft, read, write } from './draft.ts';
import type { TargetPartProps } from './target-members.tsx';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MOST = 20;

export function AggregateForm({
  target: TargetForm,
  ...props
}: TargetPartProps & { readonly target: ComponentType<TargetPartProps> }) {
  const { draft, onChange, problems, disabled, place } = props;
  const at = [...place, 'parts'];
  const parts = Object.entries((read(draft, at) ?? {}) as Draft);
  const put = (next: readonly (readonly [string, Json])[]): void =>
    onChange(write(draft, at, Object.fromEntries(next) as Draft));
  const add = (): void => {
    let number = parts.length + 1;
    while (parts.some(([name]) => name === `part${number}`)) number++;
    put([...parts, [`part${number}`, { target: { kind: 'upstream', url: 'https://' } }]]);
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        All parts are asked at once, and the answer is one object with a member for each. It is as fast as the slowest
        part.
      </Text>
      {problems[at.join('.')] && (
        <Text size="sm" c="vermilion" role="alert">
          {parts.length === 0 ? 'Add a part.' : problems[at.join('.')]}
        </Text>
      )}
      {parts.map(([name, part], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part keeps its place, and its name is being written
        <Card key={index} withBorder padding="md" role="group" aria-label={`Part ${name}`}>
          <Stack gap="sm">
            <Group gap="sm" align="flex-end" wrap="nowrap">
              <TextInput
                label="Member"
                description="Under which its answer stands"
                flex={1}
                required
                disabled={disabled}
                value={name}
                error={name === '' ? 'Give it a name.' : problems[[...at, name].join('.')]}
                onChange={(event) => {
                  const next = event.currentTarget.value;
                  // Two of one name would be one.
                  if (parts.some(([other], place) => other === next && place !== index)) return;
                  put(parts.map((one, place) => (place === index ? [next, part] : one)));
                }}
              />
              <Select
                label="Method"
                w={150}
                clearable
                disabled={disabled}
                placeholder="As it came"
                data={METHODS}
                value={(read(part, ['method']) as string | undefined) ?? null}
                onChange={(method) => onChange(write(draft, [...at, name, 'method'], method ?? undefined))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={`Remove ${name}`}
                disabled={disabled}
                onClick={() => put(parts.filter((_, place) => place !== index))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
            <Checkbox
              label="The whole fails when it fails"
              description="Otherwise null stands in its place"
              disabled={disabled}
              checked={read(part, ['required']) !== false}
              onChange={(event) =>
                onChange(write(draft, [...at, name, 'required'], event.currentTarget.checked ? undefined : false))
              }
            />
            <TargetForm {...props} place={[...at, name, 'target']} />
          </Stack>
        </Card>
      ))}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={disabled || parts.length >= MOST}
          onClick={add}
        >
          Add a part
        </Button>
      </Group>
    </Stack>
  );
}
