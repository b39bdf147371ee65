// An expression with what it gives for a sample message. The host evaluates it, in its bounded process; here nothing is.

import { ActionIcon, Button, Textarea, Tooltip } from '@mantine/core';
import { IconPlayerPlay } from '@sluice/icons';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useEditor } from '../../view/context.ts';
import { useDraft } from '../../view/draft.ts';
import { Code } from './Code.tsx';
import { jsonata } from './jsonata.ts';

/** What an expression gives; a fault is its message. */
export type Evaluated = { readonly value: unknown } | { readonly fault: string };

export interface ExpressionFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
  readonly lines?: number;
}

export function ExpressionField({ label, hint, value, onChange, required, lines = 1 }: ExpressionFieldProps) {
  const { evaluate, sample, sampleFrom, setSample, readOnly, expressionFault } = useEditor();
  const draft = useDraft(value, onChange, 350);
  const [open, setOpen] = useState(false);
  const parsed = useMemo(() => parseSample(sample), [sample]);
  const now = useRef(parsed.value);
  now.current = parsed.value;
  const extensions = useMemo(() => jsonata(() => now.current), []);
  const fault = draft.text.trim() === '' ? null : (expressionFault?.(draft.text) ?? null);
  return (
    <div>
      <div className="sl-label">
        {label}
        {required ? <span className="sl-fault"> *</span> : null}
        {evaluate ? (
          <Tooltip label={open ? 'Hide the preview' : 'Try it on a sample message'}>
            <ActionIcon
              variant={open ? 'light' : 'subtle'}
              color="gray"
              size="xs"
              ml={6}
              aria-label={`Preview of ${label}`}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <IconPlayerPlay size={13} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </div>
      <div className="sl-code" data-fault={fault !== null}>
        <Code
          label={label}
          value={draft.text}
          onChange={draft.set}
          onBlur={draft.commit}
          extensions={extensions}
          minLines={lines}
          readOnly={readOnly}
          placeholder="JSONata over body, headers, user"
        />
      </div>
      {fault !== null ? <div className="sl-fault">{fault}</div> : hint ? <div className="sl-hint">{hint}</div> : null}
      {open && evaluate ? (
        <div className="sl-preview">
          <Textarea
            label="Sample message"
            description={sampleFrom}
            size="xs"
            className="sl-growing"
            rows={3}
            value={sample}
            error={parsed.fault}
            styles={{ input: { fontFamily: 'var(--sl-mono)', fontSize: 11.5 } }}
            onChange={(event) => setSample(event.currentTarget.value)}
          />
          {sampleFrom === null ? (
            <Button size="compact-xs" variant="subtle" justify="start" onClick={() => setSample(null)}>
              Back to the first sample
            </Button>
          ) : null}
          {parsed.fault ? null : <Preview expression={draft.text} sample={parsed.value} evaluate={evaluate} />}
        </div>
      ) : null}
    </div>
  );
}

interface PreviewProps {
  readonly expression: string;
  readonly sample: unknown;
  readonly evaluate: (expression: string, sample: unknown) => Promise<Evaluated>;
}

function Preview({ expression, sample, evaluate }: PreviewProps) {
  const [result, setResult] = useState<Evaluated | null>(null);
  useEffect(() => {
    let current = true;
    if (expression.trim() === '') {
      setResult(null);
      return undefined;
    }
    const later = setTimeout(() => {
      evaluate(expression, sample).then(
        (answer) => current && setResult(answer),
        (error: unknown) => current && setResult({ fault: error instanceof Error ? error.message : String(error) }),
      );
    }, 200);
    return () => {
      current = false;
      clearTimeout(later);
    };
  }, [expression, sample, evaluate]);
  if (!result) return null;
  return (
    <div>
      <div className="sl-label">Result</div>
      {'fault' in result ? (
        <pre className="sl-preview-fault">{result.fault}</pre>
      ) : (
        <pre data-result="">{result.value === undefined ? 'nothing' : JSON.stringify(result.value, null, 2)}</pre>
      )}
    </div>
  );
}

function parseSample(text: string): { readonly value?: unknown; readonly fault?: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
