import { IconMapOff } from '@sluice/icons';
import { LinkButton } from '../parts/link.tsx';
import { EmptyState } from '../parts/states.tsx';

export function NotFound() {
  return (
    <EmptyState icon={IconMapOff} title="There is no page here" action={<LinkButton to="/">To the start</LinkButton>}>
      The address may be from an older version, or lack its end. Press Ctrl K to find what you were looking for.
    </EmptyState>
  );
}
