import { IconSitemap } from '@tabler/icons-react';
import { Page } from '../../parts/page.tsx';
import { EmptyState } from '../../parts/states.tsx';

export function TopologiesPage() {
  return (
    <Page title="Topologies" fill>
      <div className="card">
        <EmptyState icon={IconSitemap} title="Nothing here yet" />
      </div>
    </Page>
  );
}
