// Says when the platform stops or is away. What is on the screen stays; when it is back, everything is asked again.

import { Loader } from '@mantine/core';
import styles from './connection-banner.module.css';
import { useLiveState } from './live.ts';

const TEXTS = {
  closing: 'The engine is restarting. What is accepted is on disk; this page goes on by itself.',
  lost: 'The engine does not answer. Trying again; what you see is the last that was known.',
} as const;

export function ConnectionBanner() {
  const state = useLiveState();
  const text = state === 'closing' || state === 'lost' ? TEXTS[state] : null;
  return (
    <div role="status" aria-live="polite">
      {text !== null && (
        <div className={styles.banner}>
          <Loader size={14} color="currentColor" aria-hidden />
          {text}
        </div>
      )}
    </div>
  );
}
