// Content of a message, as people read it: JSON and XML laid out, bytes by their size.

import { Button, CopyButton, Group, Skeleton } from '@mantine/core';
import { IconCopy } from '@sluice/icons';
import type { ApiBody } from '@sluice/protocol';
import { lazy, type ReactNode, Suspense } from 'react';
import styles from './payload.module.css';
import { type Language, languageOf, layOut, textOf } from './payload-text.ts';

const CodeEditor = lazy(() => import('./code-editor.tsx').then((module) => ({ default: module.CodeEditor })));

export interface PayloadProps {
  readonly title: ReactNode;
  readonly label: string;
  readonly body: ApiBody | undefined;
  readonly contentType: string;
  readonly height?: number | string;
}

export function Payload({ title, label, body, contentType, height = 320 }: PayloadProps) {
  const text = body === undefined ? '' : layOut(textOf(body), languageOf(contentType, textOf(body)));
  return (
    <section className={styles.payload} style={{ height }}>
      <Group className={styles.head} justify="space-between" wrap="nowrap">
        <span className="truncate">{title}</span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconCopy size={13} />} onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <div className={styles.text}>
        <Code label={label} text={text} language={languageOf(contentType, text)} />
      </div>
    </section>
  );
}

export interface CodeProps {
  readonly label: string;
  readonly text: string;
  readonly language: Language;
  readonly onChange?: (text: string) => void;
}

export function Code({ label, text, language, onChange }: CodeProps) {
  return (
    <Suspense fallback={<Skeleton height={90} m="sm" />}>
      <CodeEditor label={label} value={text} language={language} onChange={onChange} />
    </Suspense>
  );
}
