// Something to copy: a command, a few lines of code, an address.

import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@sluice/icons';
import styles from './snippet.module.css';

export interface SnippetProps {
  /** What it is, for the button that copies it. */
  readonly label: string;
  readonly text: string;
  /** Shown above it, such as the name of the file. */
  readonly title?: string;
}

export function Snippet({ label, text, title }: SnippetProps) {
  const copy = <Copy label={label} text={text} />;
  return (
    <div className={styles.snippet}>
      {title !== undefined && (
        <div className={styles.head}>
          {title}
          {copy}
        </div>
      )}
      <div className={styles.row}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <pre className={styles.text} tabIndex={0}>
          {text}
        </pre>
        {title === undefined && <div className={styles.corner}>{copy}</div>}
      </div>
    </div>
  );
}

export function Copy({ label, text }: Pick<SnippetProps, 'label' | 'text'>) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : 'Copy'}>
          <ActionIcon variant="subtle" color={copied ? 'moss' : 'gray'} onClick={copy} aria-label={`Copy ${label}`}>
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
