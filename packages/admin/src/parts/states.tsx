// What stands where data should be: nothing yet, or something is wrong.

import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { ApiError } from '@sluice/client';
import { type Icon, IconAlertTriangle, IconPlugConnectedX } from '@sluice/icons';
import type { ReactNode } from 'react';
import styles from './states.module.css';

export interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  /** What would be here, and how the first one comes to be. */
  readonly children?: ReactNode;
  /** Command that makes the first one. */
  readonly command?: string;
  readonly action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, command, action }: EmptyStateProps) {
  return (
    <Stack className={styles.state} align="center" gap="sm">
      <div className={styles.icon}>
        <Icon size={26} stroke={1.5} aria-hidden />
      </div>
      <Text fw={600} size="lg">
        {title}
      </Text>
      {children !== undefined && (
        <Text c="dimmed" ta="center" maw={460} component="div">
          {children}
        </Text>
      )}
      {command !== undefined && <Code className={styles.command}>{command}</Code>}
      {action}
    </Stack>
  );
}

/** A refusal in the platform's own words: what happened, its code, and the next step. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { title, detail, hint, code } = problemOf(error);
  const Icon = code === 'client.unreachable' ? IconPlugConnectedX : IconAlertTriangle;
  return (
    <Stack className={styles.state} align="center" gap="sm" role="alert">
      <div className={styles.icon} data-tone="bad">
        <Icon size={26} stroke={1.5} aria-hidden />
      </div>
      <Text fw={600} size="lg">
        {title}
      </Text>
      <Text ta="center" maw={560}>
        {detail}
      </Text>
      {hint !== '' && (
        <Text c="dimmed" ta="center" maw={560}>
          {hint}
        </Text>
      )}
      <Group gap="sm">
        <Code>{code}</Code>
        {onRetry && (
          <Button variant="default" size="xs" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Group>
    </Stack>
  );
}

export interface ProblemWords {
  readonly title: string;
  readonly detail: string;
  readonly hint: string;
  readonly code: string;
}

export function problemOf(error: unknown): ProblemWords {
  if (error instanceof ApiError) {
    const title =
      error.status === 0
        ? 'The engine does not answer'
        : error.status === 403
          ? 'You may not do this'
          : error.status === 404
            ? 'This is not there'
            : 'The platform said no';
    return { title, detail: error.message, hint: error.hint, code: error.code };
  }
  return {
    title: 'This page broke',
    detail: error instanceof Error ? error.message : String(error),
    hint: 'Nothing was changed. Load the page again; if it happens again, tell us what you did.',
    code: 'admin.unexpected',
  };
}
