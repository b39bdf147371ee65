// A part of a route that can be switched on, with its members.

import { Accordion, Stack, Switch, Text } from '@mantine/core';
import type { Field, Json } from '@sluice/protocol';
import { FieldInput } from '../../parts/field-input.tsx';
import { type Draft, type Place, read, write } from './draft.ts';
import type { PolicyPart } from './policies.ts';

export interface PartProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly problems: Readonly<Record<string, string>>;
  readonly disabled: boolean;
}

export function PolicyForm({ of, ...props }: PartProps & { readonly of: PolicyPart }) {
  const { draft, onChange, disabled } = props;
  const { place, note, fields, begin } = of;
  const on = read(draft, place) !== undefined;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {note}
      </Text>
      {begin !== undefined && (
        <Switch
          label={on ? 'On' : 'Off'}
          aria-label={of.title}
          checked={on}
          disabled={disabled}
          onChange={(event) => onChange(write(draft, place, event.currentTarget.checked ? begin : undefined))}
        />
      )}
      {(on || begin === undefined) && (
        <Members {...props} place={place} fields={fields} keepEmpty={begin !== undefined} />
      )}
    </Stack>
  );
}

interface MembersProps extends PartProps {
  readonly place: Place;
  readonly fields: readonly Field[];
  /** The part stays when its last member goes. */
  readonly keepEmpty?: boolean;
}

export function Members({ draft, onChange, problems, disabled, place, fields, keepEmpty = true }: MembersProps) {
  const set = (field: Field, value: Json): void => {
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0 && !field.required);
    const next = write(draft, [...place, field.key], empty || (value === false && !field.required) ? undefined : value);
    const left = read(next, place);
    const nothing = typeof left === 'object' && left !== null && Object.keys(left).length === 0;
    onChange(nothing && !keepEmpty ? write(next, place, undefined) : next);
  };
  return fields.map((field) => (
    <FieldInput
      key={field.key}
      field={field}
      value={read(draft, [...place, field.key]) ?? field.default}
      problem={problems[[...place, field.key].join('.')]}
      choices={undefined}
      disabled={disabled}
      onChange={(value) => set(field, value)}
    />
  ));
}

export function PolicyItem({ of, ...props }: PartProps & { readonly of: PolicyPart }) {
  const on = read(props.draft, of.place) !== undefined;
  const wrong = Object.keys(props.problems).some(
    (path) => path === of.place.join('.') || path.startsWith(`${of.place.join('.')}.`),
  );
  return (
    <Accordion.Item value={of.place.join('.')}>
      <Accordion.Control>
        {of.title}
        <Text span size="sm" ml={8} c={wrong ? 'vermilion' : 'dimmed'}>
          {wrong ? 'something is wrong' : on ? 'on' : ''}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <PolicyForm of={of} {...props} />
      </Accordion.Panel>
    </Accordion.Item>
  );
}
