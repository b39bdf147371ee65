// Text as it is typed, before the process is told of it.

import { useEffect, useRef, useState } from 'react';

export interface Draft {
  readonly text: string;
  set(text: string): void;
  /** Tell what was typed now, without waiting for a rest. */
  commit(): void;
}

/**
 * @param value  what the process says; when it is another one than was told from here, it takes the place of the draft
 * @param restMs  how long typing rests before it is told by itself
 */
export function useDraft(value: string, onCommit: (text: string) => void, restMs: number): Draft {
  const [text, set] = useState(value);
  // What comes back is what was told from here; meanwhile the user may have typed on.
  const told = useRef(value);
  useEffect(() => {
    if (value !== told.current) set(value);
    told.current = value;
  }, [value]);
  const commit = (): void => {
    if (text === value) return;
    told.current = text;
    onCommit(text);
  };
  useEffect(() => {
    if (text === told.current) return undefined;
    const later = setTimeout(commit, restMs);
    return () => clearTimeout(later);
  });
  return { text, set, commit };
}
