import { CopyButton, Tooltip, UnstyledButton } from '@mantine/core';

/** An id that is copied by a click. */
export function CopyId({ id, short = false }: { readonly id: string; readonly short?: boolean }) {
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : 'Copy'}>
          <UnstyledButton className="mono" onClick={copy} style={{ fontSize: '0.8125rem' }}>
            {short ? `…${id.slice(-12)}` : id}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
