// One or several of a list, which may come from the service.

import { ActionIcon, Loader, MultiSelect, Select, TagsInput, Tooltip } from '@mantine/core';
import { IconRefresh } from '@sluice/icons';
import { useQuery } from '@tanstack/react-query';
import type { FieldInputProps } from './field-input.tsx';
import { problemOf } from './states.tsx';

export function ChoiceInput({ field, value, problem, choices, disabled, onChange }: FieldInputProps) {
  const { key, type, label, description, placeholder, required = false, live = false } = field;
  const asked = live && choices !== undefined;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['choices', key, label],
    queryFn: async () => [...(await choices!(field))],
    enabled: asked,
    retry: false,
    // Of one form only: another has its own service, or another user.
    gcTime: 0,
  });
  const known = asked ? (data ?? []) : (field.choices ?? []);
  const chosen = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  // What is stored stays visible when the service does not list it, or does not answer.
  const offered = [...known, ...chosen.filter((one) => !known.some((choice) => choice.value === one)).map(alone)];
  const reload = asked && (
    <Tooltip label="Ask the service again">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={`Reload the choices of ${label}`}
        onClick={() => void refetch()}
      >
        {isFetching ? <Loader size={13} /> : <IconRefresh size={15} />}
      </ActionIcon>
    </Tooltip>
  );
  const common = {
    label,
    description,
    required,
    disabled,
    placeholder: placeholder ?? (asked && isFetching ? 'Asking the service …' : undefined),
    error: problem ?? (error ? `The choices did not come: ${problemOf(error).detail}` : undefined),
    ...(reload ? { rightSection: reload } : {}),
  };
  if (live && !asked && type === 'multi-select')
    return <TagsInput {...common} value={chosen} onChange={(given) => onChange(given)} />;
  if (type === 'multi-select')
    return (
      <MultiSelect
        {...common}
        data={offered}
        value={chosen}
        searchable
        clearable
        onChange={(given) => onChange(given)}
      />
    );
  return (
    <Select
      {...common}
      data={offered}
      value={chosen[0] ?? null}
      searchable={offered.length > 8}
      clearable={!required && !reload}
      onChange={(given) => onChange(given)}
    />
  );
}

const alone = (value: string) => ({ value, label: value });
