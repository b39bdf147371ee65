import { IconTrash } from '@tabler/icons-react';
import { Page } from '../../parts/page.tsx';
import { EmptyState } from '../../parts/states.tsx';

export function TrashPage() {
  return (
    <Page title="Trash" fill>
      <div className="card">
        <EmptyState icon={IconTrash} title="Nothing here yet" />
      </div>
    </Page>
  );
}
