// What a person is told after a test or a button.

import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@sluice/icons';
import type { Json } from '@sluice/protocol';
import { Payload } from '../../parts/payload.tsx';
import { problemOf } from '../../parts/states.tsx';

export interface Told {
  readonly title: string;
  readonly value?: Json;
  readonly error?: unknown;
}

export function Outcome({ of }: { readonly of: Told | null }) {
  if (of === null) return null;
  if (of.error !== undefined) {
    const { detail, hint, code } = problemOf(of.error);
    return (
      <Alert color="vermilion" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={of.title}>
        {detail} {hint} <code>{code}</code>
      </Alert>
    );
  }
  const { value } = of;
  const plain = value === undefined || value === null || typeof value !== 'object';
  return (
    <>
      <Alert color="moss" role="status" icon={<IconCircleCheck size={18} aria-hidden />} title={of.title}>
        {plain && value !== undefined && value !== null && typeof value !== 'boolean' ? String(value) : null}
      </Alert>
      {!plain && (
        <Payload
          title="It answered"
          label="Answer"
          body={JSON.stringify(value)}
          contentType="application/json"
          height={180}
        />
      )}
    </>
  );
}
