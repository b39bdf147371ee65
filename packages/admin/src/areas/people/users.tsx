// Accounts: invited, active, disabled.

import { Button, Drawer, Group, Modal, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconUsers } from '@sluice/icons';
import type { AccountLink, UserView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { act, refresh } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Once } from '../../parts/once.tsx';
import { Problem } from '../../parts/problem.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { moment } from '../../parts/words.ts';
import type { Address } from './people-page.tsx';

const TONES = { invited: 'held', active: 'up', disabled: 'disabled' } as const;

const COLUMNS: readonly Column<UserView>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(130px, 1fr)',
    cell: ({ name, email }) => <strong>{name || email}</strong>,
  },
  { id: 'email', header: 'E-mail', width: 'minmax(130px, 1.3fr)', cell: ({ email }) => email },
  { id: 'role', header: 'Role', width: '130px', cell: ({ role }) => role },
  { id: 'state', header: 'State', width: '110px', cell: ({ state }) => <Status of={TONES[state]} label={state} /> },
  {
    id: 'seen',
    header: 'Signed in',
    width: '130px',
    cell: ({ lastSignInAt }) => (lastSignInAt === null ? 'never' : <Time at={lastSignInAt} />),
  },
];

export interface PartProps {
  readonly address: Address;
  readonly onAddress: (change: Address, options?: { push?: boolean }) => void;
}

export function Users({ address, onAddress }: PartProps) {
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['users'], queryFn: () => api.users.list() });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const chosen = data?.items.find(({ id }) => id === address.open);
  return (
    <>
      <DataTable
        label="People"
        columns={COLUMNS}
        rows={data?.items ?? []}
        keyOf={({ id }) => id}
        openKey={address.open}
        loading={isPending}
        onOpen={({ id }) => onAddress({ open: id }, { push: true })}
        empty={
          <EmptyState icon={IconUsers} title="Nobody has an account yet">
            Whoever comes with a token has none. Invite somebody: they get a link and choose their own password.
          </EmptyState>
        }
      />
      {chosen && <UserDrawer key={chosen.id} user={chosen} onClose={() => onAddress({ open: undefined })} />}
      {address.new !== undefined && <Invite onClose={() => onAddress({ new: undefined })} />}
    </>
  );
}

function useRoles(): string[] {
  return (useQuery({ queryKey: ['roles'], queryFn: () => api.roles.list() }).data?.items ?? []).map(({ name }) => name);
}

function Invite({ onClose }: { readonly onClose: () => void }) {
  const roles = useRoles();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState('viewer');
  const [link, setLink] = useState<AccountLink | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const invite = async (): Promise<void> => {
    setProblem(null);
    try {
      const invited = await api.users.invite({ email, role, ...(name === '' ? {} : { name }) });
      setLink(invited.link);
      refresh(['users', 'roles']);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Modal opened onClose={onClose} title="Invite somebody" size="lg">
      {link === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void invite();
          }}
        >
          <Stack>
            <TextInput
              label="E-mail"
              type="email"
              required
              data-autofocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Select
              label="Role"
              data={roles}
              value={role}
              allowDeselect={false}
              onChange={(value) => setRole(value ?? role)}
            />
            <Problem of={problem} />
            <Group justify="flex-end">
              <Button type="submit" disabled={email === ''}>
                Invite
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <LinkShown link={link} />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

const LinkShown = ({ link }: { readonly link: AccountLink }) => (
  <Once what="The link" value={link.url}>
    Send it to the person: it is good once, until {moment(link.expiresAt)}. Whoever has it chooses the password.
  </Once>
);

function UserDrawer({ user, onClose }: { readonly user: UserView; readonly onClose: () => void }) {
  const { id, name, email, role, state, password, oidc, createdAt, lastSignInAt, resetRequestedAt } = user;
  const roles = useRoles();
  const may = useMay('user:write');
  const [link, setLink] = useState<AccountLink | null>(null);
  const [leaving, setLeaving] = useState(false);
  const changes = ['users', 'roles'];
  return (
    <Drawer opened onClose={onClose} title={name || email} size={480}>
      <Stack gap="lg">
        <Select
          label="Role"
          data={roles.includes(role) ? roles : [...roles, role]}
          value={role}
          allowDeselect={false}
          disabled={!may}
          onChange={(next) =>
            next &&
            void act({
              run: () => api.users.change(id, { role: next }),
              done: `${name || email} is ${next} now.`,
              undo: () => api.users.change(id, { role }),
              changes,
            })
          }
        />
        <Switch
          label={state === 'disabled' ? 'May not come in' : 'May come in'}
          description="Disabled, all sessions and tokens of the account end at once."
          checked={state !== 'disabled'}
          disabled={!may}
          onChange={() => {
            const disabled = state !== 'disabled';
            void act({
              run: () => api.users.change(id, { disabled }),
              done: disabled ? 'The account is disabled.' : 'The account is enabled.',
              undo: () => api.users.change(id, { disabled: !disabled }),
              changes,
            });
          }}
        />
        {resetRequestedAt !== null && (
          <Text size="sm" c="amber">
            Asked for a new password <Time at={resetRequestedAt} />.
          </Text>
        )}
        {link !== null && <LinkShown link={link} />}
        <Facts
          of={[
            ['E-mail', email],
            [
              'Signs in by',
              [password ? 'password' : null, oidc ? 'OpenID' : null].filter(Boolean).join(', ') || 'nothing yet',
            ],
            ['Signed in', lastSignInAt === null ? 'never' : <Time key="l" at={lastSignInAt} />],
            ['Since', <Time key="c" at={createdAt} />],
          ]}
        />
        <Group justify="space-between">
          <Button
            variant="default"
            disabled={!may || state === 'disabled'}
            onClick={() => void act({ run: () => api.users.link(id) }).then((made) => made && setLink(made))}
          >
            {state === 'invited' ? 'New invitation link' : 'Link for a new password'}
          </Button>
          <Button variant="light" color="vermilion" disabled={!may} onClick={() => setLeaving(true)}>
            Remove …
          </Button>
        </Group>
      </Stack>
      {leaving && (
        <Confirm
          title={`Remove ${name || email}?`}
          verb="Remove"
          run={() => api.users.remove(id)}
          done="The account is gone."
          changes={changes}
          onClose={() => setLeaving(false)}
          onDone={onClose}
        >
          The sessions and API tokens of this person end with the account. What they did stays in the audit log.
        </Confirm>
      )}
    </Drawer>
  );
}
