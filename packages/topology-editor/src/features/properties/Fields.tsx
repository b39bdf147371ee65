// A control for each kind of field. What is not written is not there; its default is shown as a ghost.

import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { RepeatSchema } from '@sluice/topology';
import { useEffect, useState } from 'react';
import { durationText, parseDuration } from '../../model/duration.ts';
import { CHOICES, type Field } from '../../model/form.ts';
import { useEditor } from '../../view/context.ts';
import { useDraft } from '../../view/draft.ts';
import { ExpressionField } from '../expression/ExpressionField.tsx';

export interface FieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly fault?: string | undefined;
  /** What stands where nothing is written. */
  readonly ghost?: string | undefined;
}

const REPEAT = RepeatSchema.parse({}) as Readonly<Record<string, number>>;

export function FieldControl(props: FieldProps) {
  const { field, value, onChange, fault, ghost } = props;
  const { readOnly } = useEditor();
  const { control, label, hint, required } = field;
  const common = {
    label,
    description: undefined,
    size: 'xs' as const,
    disabled: readOnly,
    error: fault,
    withAsterisk: required,
  };
  switch (control.type) {
    case 'number':
      return (
        <NumberInput
          {...common}
          description={hint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={typeof value === 'number' ? value : ''}
          placeholder={ghost}
          min={control.min}
          max={control.max}
          clampBehavior="blur"
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'duration':
      return <DurationField {...props} />;
    case 'choice': {
      const words = CHOICES[field.name] ?? {};
      return (
        <Select
          {...common}
          description={hint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          clearable
          data={control.options.map((option) => ({ value: option, label: words[option] ?? option }))}
          value={typeof value === 'string' ? value : null}
          placeholder={ghost ?? Object.values(words)[0]}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    }
    case 'flag':
      return (
        <Switch
          size="xs"
          label={label}
          description={hint}
          disabled={readOnly}
          checked={field.name === 'wait' ? value !== false : value === true}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            onChange(field.name === 'wait' ? (on ? undefined : false) : on || undefined);
          }}
        />
      );
    case 'expression':
      return (
        <ExpressionField
          label={label}
          hint={fault ?? hint}
          required={required}
          lines={['expression', 'condition'].includes(field.name) ? 3 : 1}
          value={value === undefined ? '' : String(value)}
          onChange={(text) => {
            const plain = text.trim();
            const number = control.orNumber && /^\d+$/.test(plain) ? Number(plain) : undefined;
            onChange(plain === '' ? undefined : (number ?? text));
          }}
        />
      );
    case 'group':
      return <GroupField {...props} />;
    case 'json':
      return <JsonField {...props} />;
    case 'text':
      return (
        <DraftField
          {...common}
          hint={hint}
          value={typeof value === 'string' ? value : ''}
          onCommit={(text) => onChange(text === '' ? undefined : text)}
        />
      );
  }
}

interface DraftProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onCommit: (text: string) => void;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly withAsterisk?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly mono?: boolean;
}

/** Told when it is left, when Enter is pressed, or when typing rests. */
export function DraftField({
  label,
  hint,
  value,
  onCommit,
  error,
  disabled,
  withAsterisk,
  placeholder,
  mono,
}: DraftProps) {
  const draft = useDraft(value, onCommit, 500);
  return (
    <TextInput
      size="xs"
      label={label}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={draft.text}
      error={error}
      disabled={disabled}
      withAsterisk={withAsterisk}
      placeholder={placeholder}
      styles={mono ? { input: { fontFamily: 'var(--sl-mono)' } } : {}}
      onChange={(event) => draft.set(event.currentTarget.value)}
      onBlur={draft.commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') draft.commit();
      }}
    />
  );
}

function DurationField({ field, value, onChange, fault, ghost }: FieldProps) {
  const { readOnly } = useEditor();
  const [wrong, setWrong] = useState<string | undefined>();
  return (
    <DraftField
      label={field.label}
      hint={field.hint}
      withAsterisk={field.required}
      disabled={readOnly}
      placeholder={ghost ?? 'such as 90s or 1h 30m'}
      value={typeof value === 'number' ? durationText(value) : ''}
      error={wrong ?? fault}
      onCommit={(text) => {
        const ms = text.trim() === '' ? undefined : parseDuration(text);
        setWrong(ms === null ? 'Write a time such as 500ms, 90s or 1h 30m.' : undefined);
        if (ms !== null) onChange(ms);
      }}
    />
  );
}

function GroupField({ field, value, onChange }: FieldProps) {
  const { readOnly } = useEditor();
  if (field.control.type !== 'group') return null;
  const members = field.control.fields;
  const on = typeof value === 'object' && value !== null;
  const now = (on ? value : {}) as Record<string, unknown>;
  const start = field.name === 'limit' ? { amount: 10, windowMs: 1_000 } : {};
  const set = (name: string, next: unknown): void => {
    const { [name]: _, ...others } = now;
    const missing = next === undefined && members.some((member) => member.name === name && member.required);
    if (!missing) onChange(next === undefined ? others : { ...others, [name]: next });
  };
  return (
    <div className="sl-fields">
      <Switch
        size="xs"
        label={field.label}
        description={field.name === 'repeat' && !on ? 'The usual: 10 attempts, 1s, doubled, up to 5m.' : undefined}
        disabled={readOnly}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked ? start : undefined)}
      />
      {on ? (
        <div className="sl-pair">
          {members.map((member) => (
            <div key={member.name} style={member.control.type === 'expression' ? { gridColumn: '1 / -1' } : {}}>
              <FieldControl
                field={member}
                value={now[member.name]}
                ghost={field.name === 'repeat' ? ghostOf(member) : undefined}
                onChange={(next) => set(member.name, next)}
              />
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function ghostOf({ name, control }: Field): string {
  const value = REPEAT[name]!;
  return control.type === 'duration' ? durationText(value) : String(value);
}

function JsonField({ field, value, onChange, fault }: FieldProps) {
  const { readOnly } = useEditor();
  const [draft, setDraft] = useState(text(value));
  const [wrong, setWrong] = useState<string | undefined>();
  useEffect(() => setDraft(text(value)), [value]);
  return (
    <Textarea
      size="xs"
      label={field.label}
      description={field.hint ?? 'JSON'}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      className="sl-growing"
      rows={2}
      disabled={readOnly}
      error={wrong ?? fault}
      value={draft}
      styles={{ input: { fontFamily: 'var(--sl-mono)' } }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => {
        if (draft === text(value)) return;
        try {
          onChange(draft.trim() === '' ? undefined : JSON.parse(draft));
          setWrong(undefined);
        } catch (error) {
          setWrong(error instanceof Error ? error.message : String(error));
        }
      }}
    />
  );
}

const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));
