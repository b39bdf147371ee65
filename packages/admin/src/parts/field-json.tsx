// A JSON value, as text. What is not JSON yet stays in the box and is said; it is not handed on.

import { Input } from '@mantine/core';
import { useState } from 'react';
import styles from './field.module.css';
import type { FieldInputProps } from './field-input.tsx';
import { Code } from './payload.tsx';
import { jsonProblem } from './payload-text.ts';

export function JsonInput({ field, value, problem, disabled, onChange }: FieldInputProps) {
  const { label, description, required = false } = field;
  const [text, setText] = useState(value === undefined || value === null ? '' : JSON.stringify(value, null, 2));
  const wrong = text.trim() === '' ? null : jsonProblem(text);
  const change = (given: string): void => {
    setText(given);
    if (given.trim() === '') onChange(null);
    else if (jsonProblem(given) === null) onChange(JSON.parse(given));
  };
  return (
    <Input.Wrapper
      label={label}
      description={description}
      required={required}
      error={wrong === null ? problem : `This is no JSON: ${wrong}`}
    >
      <div className={styles.code} data-wrong={wrong !== null} style={{ height: 150 }}>
        <Code label={label} text={text} language="json" {...(disabled ? {} : { onChange: change })} />
      </div>
    </Input.Wrapper>
  );
}
