// The frame of a form for one rule or channel: save, remove, and what is wrong.

import { Button, Drawer, Group, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useMay } from '../../frame/session.tsx';
import { act, refresh } from '../../parts/act.ts';
import { Problem } from '../../parts/problem.tsx';

export interface EditorProps {
  /** "rule", "channel" */
  readonly what: string;
  /** Null: a new one. */
  readonly name: string | null;
  readonly save: (name: string) => Promise<unknown>;
  readonly remove: (name: string) => Promise<unknown>;
  /** How to make it again; null where that cannot be. */
  readonly undo: ((name: string) => Promise<unknown>) | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Editor({ what, name, save, remove, undo, onClose, children }: EditorProps) {
  const may = useMay('notification:write');
  const [chosen, setChosen] = useState(name ?? '');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await save(chosen);
      refresh(['notifications']);
      onClose();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const away = async (): Promise<void> => {
    const gone = await act({
      run: async () => {
        await remove(chosen);
        return true;
      },
      done: `The ${what} ${chosen} is removed.`,
      ...(undo ? { undo: () => undo(chosen) } : {}),
      changes: ['notifications'],
    });
    if (gone) onClose();
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={name ?? `New ${what}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack>
          {name === null && (
            <TextInput
              label="Name"
              description="Letters, digits, “.”, “_” and “-”."
              required
              data-autofocus
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
          )}
          {children}
          <Problem of={problem} />
          <Group justify="space-between">
            {name === null ? (
              <span />
            ) : (
              <Button variant="subtle" color="vermilion" disabled={!may} onClick={() => void away()}>
                Remove
              </Button>
            )}
            <Button type="submit" loading={busy} disabled={!may || chosen === ''}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
