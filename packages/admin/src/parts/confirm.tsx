// Asked before something that is not taken back: what will be, in words, and the verb on the button.

import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type Act, act } from './act.ts';

export interface ConfirmProps<T> extends Pick<Act<T>, 'run' | 'changes'> {
  /** Told when it is done. */
  readonly done?: string;
  readonly title: string;
  readonly verb: string;
  /** What becomes of it, and of what depends on it. */
  readonly children: ReactNode;
  /** Closed, after it was done or left. */
  readonly onClose: () => void;
  readonly onDone?: (answer: T) => void;
  /** Nothing is lost by it. */
  readonly harmless?: boolean;
}

export function Confirm<T>({
  title,
  verb,
  children,
  onClose,
  onDone,
  harmless = false,
  done,
  ...given
}: ConfirmProps<T>) {
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    setBusy(true);
    // Its answer may be nothing at all: what counts is that it was not refused.
    const answer = await act({
      ...given,
      run: async () => ({ value: await given.run() }),
      ...(done === undefined ? {} : { done }),
    });
    setBusy(false);
    onClose();
    if (answer) onDone?.(answer.value);
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack>
        <div>{children}</div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Leave it
          </Button>
          <Button color={harmless ? 'water' : 'vermilion'} loading={busy} onClick={() => void go()}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
