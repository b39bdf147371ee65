// An act of a person: done, said, undone where that can be; what is refused is told in the platform's words.

import { notifications } from '@mantine/notifications';
import { queryClient } from '../frame/live.ts';
import { problemOf } from './states.tsx';
import { toastUndo } from './toast-undo.tsx';

export interface Act<T> {
  readonly run: () => Promise<T>;
  /** Told when it is done; undefined tells nothing. */
  readonly done?: string | ((answer: T) => string | undefined);
  /** How to take it back. */
  readonly undo?: () => Promise<unknown>;
  /** First parts of the keys of queries that are old now. */
  readonly changes?: readonly string[];
}

/** @returns the answer, or undefined when it was refused (which has been told) */
export async function act<T>({ run, done, undo, changes = [] }: Act<T>): Promise<T | undefined> {
  try {
    const answer = await run();
    refresh(changes);
    const message = typeof done === 'function' ? done(answer) : done;
    if (message !== undefined)
      notifications.show({
        message: undo ? toastUndo(message, () => void act({ run: undo, done: 'Taken back.', changes })) : message,
        color: 'moss',
        closeButtonProps: { 'aria-label': 'Dismiss' },
        autoClose: undo ? 9_000 : 4_000,
      });
    return answer;
  } catch (error) {
    refuse(error);
    return undefined;
  }
}

export function refresh(keys: readonly string[]): void {
  const old = new Set(keys);
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => old.has(String(queryKey[0])) });
}

export function refuse(error: unknown): void {
  const { title, detail, hint } = problemOf(error);
  notifications.show({
    title,
    message: `${detail} ${hint}`.trim(),
    color: 'vermilion',
    closeButtonProps: { 'aria-label': 'Dismiss' },
    autoClose: 12_000,
  });
}
