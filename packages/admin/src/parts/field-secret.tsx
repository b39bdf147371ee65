// A secret: what is stored is kept, and never comes back in clear. It can be replaced, or taken out.

import { Button, Group, Input, PasswordInput, Textarea } from '@mantine/core';
import { IconLock } from '@sluice/icons';
import { type Field, isKeptSecret, type Json, KEPT_SECRET } from '@sluice/protocol';
import { useState } from 'react';
import styles from './field.module.css';

export interface SecretInputProps {
  readonly field: Field;
  readonly label: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly value: Json | undefined;
  readonly onChange: (value: Json) => void;
}

export function SecretInput({ field, value, onChange, disabled, ...common }: SecretInputProps) {
  const [wasKept] = useState(isKeptSecret(value));
  if (isKeptSecret(value))
    return (
      <Input.Wrapper {...common}>
        <Group gap="xs" className={styles.kept}>
          <IconLock size={15} aria-hidden />
          <span className={styles.grow}>Kept, sealed</span>
          <Button size="compact-xs" variant="default" disabled={disabled} onClick={() => onChange('')}>
            Replace
          </Button>
          {!common.required && (
            <Button size="compact-xs" variant="subtle" color="gray" disabled={disabled} onClick={() => onChange(null)}>
              Take out
            </Button>
          )}
        </Group>
      </Input.Wrapper>
    );
  const text = typeof value === 'string' ? value : '';
  const change = (given: string): void => onChange(given === '' && wasKept ? '' : given || null);
  const back = wasKept && (
    <Button size="compact-xs" variant="subtle" onClick={() => onChange(KEPT_SECRET as unknown as Json)}>
      Keep the stored one
    </Button>
  );
  return (
    <div>
      {field.format === 'pem' ? (
        <Textarea
          {...common}
          disabled={disabled}
          autosize
          minRows={4}
          maxRows={10}
          placeholder="-----BEGIN PRIVATE KEY-----"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
      ) : (
        <PasswordInput
          {...common}
          disabled={disabled}
          autoComplete="new-password"
          placeholder={field.placeholder}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
      {back}
    </div>
  );
}
