// A secret that is shown now and never again.

import { Alert, Stack } from '@mantine/core';
import { IconKey } from '@sluice/icons';
import { Snippet } from './snippet.tsx';

export interface OnceProps {
  /** "The token", "The key". */
  readonly what: string;
  readonly value: string;
  readonly children?: React.ReactNode;
}

export function Once({ what, value, children }: OnceProps) {
  return (
    <Alert color="amber" icon={<IconKey size={18} aria-hidden />} title={`${what} is shown only now`}>
      <Stack gap="xs">
        <span>{children ?? 'Keep it where secrets are kept. If it gets lost, make another one.'}</span>
        <Snippet label={what.toLowerCase()} text={value} />
      </Stack>
    </Alert>
  );
}
