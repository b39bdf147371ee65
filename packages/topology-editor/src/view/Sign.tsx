// The sign of a kind in panels.

import type { NodeKind } from '@sluice/topology';
import { KIND_ICONS } from '../model/icons.ts';
import { KINDS } from '../model/kinds.ts';

export function Sign({ kind, small = false }: { readonly kind: NodeKind; readonly small?: boolean }) {
  return (
    <span className={`sl-sign sl-tone-${KINDS[kind].tone}${small ? ' sl-sign-small' : ''}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={KIND_ICONS[kind]} />
      </svg>
    </span>
  );
}
