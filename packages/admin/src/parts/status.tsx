// States of processes, messages and versions, always in the same colours, and always in words as well.

import styles from './status.module.css';

const TONES: Readonly<Record<string, string>> = {
  running: 'water',
  completed: 'moss',
  failed: 'vermilion',
  cancelled: 'gray',
  done: 'moss',
  ready: 'water',
  blocked: 'gray',
  delayed: 'amber',
  limited: 'amber',
  held: 'amber',
  trash: 'vermilion',
  draft: 'gray',
  published: 'water',
  enabled: 'moss',
  disabled: 'gray',
  up: 'moss',
  down: 'vermilion',
  unknown: 'gray',
};

export function Status({ of, label = of }: { readonly of: string; readonly label?: string }) {
  return (
    <span className={styles.status} data-tone={TONES[of] ?? 'gray'} data-running={of === 'running'}>
      {label}
    </span>
  );
}
