import { IconGauge } from '@tabler/icons-react';
import { Page } from '../../parts/page.tsx';
import { EmptyState } from '../../parts/states.tsx';

export function DashboardPage() {
  return (
    <Page title="Dashboard" fill>
      <div className="card">
        <EmptyState icon={IconGauge} title="Nothing here yet" />
      </div>
    </Page>
  );
}
