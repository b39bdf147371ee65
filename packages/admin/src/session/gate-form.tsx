import { Button, Stack, Text, Title } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Problem } from '../parts/problem.tsx';

export interface GateFormProps {
  /** Of the browser's tab. */
  readonly tab: string;
  readonly title: string;
  readonly text: ReactNode;
  readonly submit: string;
  readonly act: UseMutationResult<unknown, Error, void>;
  /** Fields, and what may stand behind the button. */
  readonly children: ReactNode;
  readonly after?: ReactNode;
}

/** A form of somebody who is not in yet. */
export function GateForm({ tab, title, text, submit, act, children, after }: GateFormProps) {
  useEffect(() => {
    document.title = `${tab} · Sluice`;
  }, [tab]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate();
      }}
    >
      <Stack gap="md">
        <div>
          <Title order={1}>{title}</Title>
          <Text c="dimmed">{text}</Text>
        </div>
        <Problem of={act.error} />
        {children}
        <Button type="submit" loading={act.isPending} size="md" fullWidth>
          {submit}
        </Button>
        {after}
      </Stack>
    </form>
  );
}
