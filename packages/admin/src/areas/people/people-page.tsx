// Who may come in, and what each may.

import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@sluice/icons';
import { type Search, useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { Page } from '../../parts/page.tsx';
import { Roles } from './roles.tsx';
import { Users } from './users.tsx';

export interface Address extends Search {
  readonly tab?: string | undefined;
  readonly open?: string | undefined;
  readonly new?: string | undefined;
}

export function PeoplePage() {
  const [{ tab = 'people', ...address }, setAddress] = useAddress<Address>();
  const mayUsers = useMay('user:write');
  const mayRoles = useMay('role:write');
  const roles = tab === 'roles';
  return (
    <Page
      title="People"
      fill
      description="Who may come in, and what each may."
      actions={
        <Button
          leftSection={<IconPlus size={16} />}
          disabled={roles ? !mayRoles : !mayUsers}
          onClick={() => setAddress({ new: 'yes' }, { push: true })}
        >
          {roles ? 'New role' : 'Invite somebody'}
        </Button>
      }
    >
      <Tabs
        className="tabs-fill"
        value={tab}
        keepMounted={false}
        onChange={(value) => setAddress({ tab: value ?? undefined, open: undefined, new: undefined })}
      >
        <Tabs.List>
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="roles">Roles</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people" pt="md">
          <Users address={address} onAddress={setAddress} />
        </Tabs.Panel>
        <Tabs.Panel value="roles" pt="md">
          <Roles address={address} onAddress={setAddress} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
