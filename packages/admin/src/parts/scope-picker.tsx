// Permissions, by what they are about.

import { Checkbox, SimpleGrid, Stack, Text } from '@mantine/core';
import { SCOPES } from '@sluice/protocol';

export interface ScopePickerProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly disabled?: boolean;
  /** Only these can be given. Default: all. */
  readonly of?: readonly string[];
}

export function ScopePicker({ chosen, onChange, disabled = false, of = SCOPES }: ScopePickerProps) {
  const subjects = new Map<string, string[]>();
  for (const scope of of) {
    const subject = scope.split(':')[0]!;
    subjects.set(subject, [...(subjects.get(subject) ?? []), scope]);
  }
  const toggle = (scope: string, on: boolean): void =>
    onChange(on ? [...chosen, scope] : chosen.filter((one) => one !== scope));
  return (
    <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
      {[...subjects].map(([subject, scopes]) => (
        <Stack key={subject} gap={4}>
          <Text size="sm" fw={600}>
            {subject}
          </Text>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              size="xs"
              label={scope.includes(':') ? scope.slice(subject.length + 1) : 'allowed'}
              aria-label={scope}
              checked={chosen.includes(scope)}
              disabled={disabled}
              onChange={(event) => toggle(scope, event.currentTarget.checked)}
            />
          ))}
        </Stack>
      ))}
    </SimpleGrid>
  );
}
