// One question of a form, by its type.

import { Checkbox, FileInput, Group, NumberInput, Textarea, TextInput } from '@mantine/core';
import { IconPaperclip } from '@sluice/icons';
import { type Choice, type Field, type FileValue, isKeptSecret, isSecretField, type Json } from '@sluice/protocol';
import { ChoiceInput } from './field-choice.tsx';
import { JsonInput } from './field-json.tsx';
import { PairsInput } from './field-pairs.tsx';
import { SecretInput } from './field-secret.tsx';
import { bytes } from './words.ts';

export interface FieldInputProps {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly problem: string | undefined;
  readonly choices: ((field: Field) => Promise<readonly Choice[]>) | undefined;
  readonly disabled: boolean;
  /** Null empties the field. */
  readonly onChange: (value: Json) => void;
}

export function FieldInput(props: FieldInputProps) {
  const { field, value, problem, disabled, onChange } = props;
  const { type, label, description, placeholder, required = false, minimum, maximum, maxLength } = field;
  const common = { label, description, required, disabled, error: problem };
  const text = typeof value === 'string' ? value : '';
  if (isSecretField(field) && (type === 'password' || isKeptSecret(value)))
    return <SecretInput {...common} field={field} value={value} onChange={onChange} />;
  switch (type) {
    case 'text':
    case 'url':
    case 'password':
      return (
        <TextInput
          {...common}
          type={type === 'url' ? 'url' : 'text'}
          placeholder={placeholder ?? (type === 'url' ? 'https://' : undefined)}
          {...(maxLength === undefined ? {} : { maxLength })}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case 'textarea':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={14}
          placeholder={placeholder}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          placeholder={placeholder}
          {...(minimum === undefined ? {} : { min: minimum })}
          {...(maximum === undefined ? {} : { max: maximum })}
          // What is out of bounds is said, not made another number while nobody looks.
          clampBehavior="none"
          value={typeof value === 'number' ? value : ''}
          onChange={(given) => onChange(typeof given === 'number' ? given : null)}
        />
      );
    case 'checkbox':
      return (
        <Checkbox
          {...common}
          required={false}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'select':
    case 'multi-select':
      return <ChoiceInput {...props} />;
    case 'json':
      return <JsonInput {...props} />;
    case 'key-value':
      return <PairsInput {...props} />;
    case 'date':
      return <DateField {...common} value={text} onChange={onChange} />;
    case 'file':
      return <FileField {...common} field={field} value={value} onChange={onChange} />;
  }
}

interface Common {
  readonly label: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly error: string | undefined;
}

/** A day; with a time where one is stored already. */
function DateField({ value, onChange, ...common }: Common & { value: string; onChange: (value: Json) => void }) {
  const [day = '', time = ''] = value.split('T');
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        {...common}
        flex={1}
        type="date"
        value={day}
        onChange={(event) => {
          const next = event.currentTarget.value;
          onChange(next === '' ? null : time === '' ? next : `${next}T${time}`);
        }}
      />
      {time !== '' && (
        <TextInput
          aria-label={`${common.label}: time`}
          disabled={common.disabled}
          value={time}
          onChange={(event) => onChange(`${day}T${event.currentTarget.value}`)}
        />
      )}
    </Group>
  );
}

function FileField({
  field,
  value,
  onChange,
  ...common
}: Common & { field: Field; value: Json | undefined; onChange: (value: Json) => void }) {
  const stored =
    value !== null && typeof value === 'object' && 'name' in value ? (value as unknown as FileValue) : null;
  const size = stored ? bytes(Math.floor((stored.base64.length * 3) / 4)) : '';
  return (
    <FileInput
      {...common}
      clearable
      leftSection={<IconPaperclip size={16} aria-hidden />}
      placeholder={stored ? `${stored.name}, ${size}` : (field.placeholder ?? 'Choose a file')}
      {...(field.accept ? { accept: field.accept.join(',') } : {})}
      onChange={(file) => {
        if (!file) onChange(null);
        else void readFile(file).then((read) => onChange(read as unknown as Json));
      }}
    />
  );
}

async function readFile(file: File): Promise<FileValue> {
  const content = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of content) binary += String.fromCharCode(byte);
  return { name: file.name, contentType: file.type || 'application/octet-stream', base64: btoa(binary) };
}
