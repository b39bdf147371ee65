// The questions of a form, as its manifest describes them. Conditions are followed as one types; what the server says
// about a field stands at the field.

import { Stack, Text } from '@mantine/core';
import { type Choice, type Field, type Form, isShown, type Json } from '@sluice/protocol';
import { FieldInput } from './field-input.tsx';

export type Values = Readonly<Record<string, Json | undefined>>;

export interface FormFieldsProps {
  readonly form: Form;
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  /** What is wrong, by field. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Asks the service for the choices of a field; without it, live choices are typed in. */
  readonly choices?: (field: Field) => Promise<readonly Choice[]>;
  readonly disabled?: boolean;
}

export function FormFields({ form, values, onChange, problems = {}, choices, disabled = false }: FormFieldsProps) {
  return (
    <Stack gap="md">
      {form.description !== undefined && (
        <Text size="sm" c="dimmed">
          {form.description}
        </Text>
      )}
      {form.fields
        .filter((field) => isShown(field, form, values))
        .map((field) => (
          <FieldInput
            key={field.key}
            field={field}
            value={values[field.key] ?? field.default}
            problem={problems[field.key]}
            choices={choices}
            disabled={disabled || field.readOnly === true}
            onChange={(value) => onChange({ ...values, [field.key]: value })}
          />
        ))}
    </Stack>
  );
}
