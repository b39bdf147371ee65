import { IconUserCheck } from '@tabler/icons-react';
import { Page } from '../../parts/page.tsx';
import { EmptyState } from '../../parts/states.tsx';

export function UserTasksPage() {
  return (
    <Page title="User tasks" fill>
      <div className="card">
        <EmptyState icon={IconUserCheck} title="Nothing here yet" />
      </div>
    </Page>
  );
}
