// A refusal where it happened: above the form that was sent.

import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@sluice/icons';
import { problemOf } from './states.tsx';

export function Problem({ of }: { readonly of: unknown }) {
  if (of === null || of === undefined) return null;
  const { detail, hint, code } = problemOf(of);
  return (
    <Alert color="vermilion" icon={<IconAlertTriangle size={18} aria-hidden />} role="alert" title={detail}>
      {hint} <code>{code}</code>
    </Alert>
  );
}
