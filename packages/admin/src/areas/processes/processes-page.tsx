import { IconRoute } from '@tabler/icons-react';
import { Page } from '../../parts/page.tsx';
import { EmptyState } from '../../parts/states.tsx';

export function ProcessesPage() {
  return (
    <Page title="Processes" fill>
      <div className="card">
        <EmptyState icon={IconRoute} title="Nothing here yet" />
      </div>
    </Page>
  );
}
