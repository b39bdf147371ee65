// Roles: which permissions belong together.

import { Button, Drawer, Group, Stack, TextInput } from '@mantine/core';
import { IconShield } from '@sluice/icons';
import type { RoleView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { refresh } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Problem } from '../../parts/problem.tsx';
import { ScopePicker } from '../../parts/scope-picker.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { count } from '../../parts/words.ts';
import type { PartProps } from './users.tsx';

const COLUMNS: readonly Column<RoleView>[] = [
  { id: 'name', header: 'Role', width: 'minmax(110px, 0.8fr)', cell: ({ name }) => <strong>{name}</strong> },
  { id: 'words', header: 'What it is for', width: 'minmax(200px, 2.4fr)', cell: ({ description }) => description },
  { id: 'scopes', header: 'Permissions', width: '100px', align: 'end', cell: ({ scopes }) => count(scopes.length) },
  { id: 'users', header: 'People', width: '80px', align: 'end', cell: ({ users }) => count(users) },
  { id: 'own', header: '', width: '90px', cell: ({ builtIn }) => (builtIn ? 'built in' : 'own') },
];

export function Roles({ address, onAddress }: PartProps) {
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['roles'], queryFn: () => api.roles.list() });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const chosen = data?.items.find(({ name }) => name === address.open);
  return (
    <>
      <DataTable
        label="Roles"
        columns={COLUMNS}
        rows={data?.items ?? []}
        keyOf={({ name }) => name}
        openKey={address.open}
        loading={isPending}
        onOpen={({ name }) => onAddress({ open: name }, { push: true })}
        empty={<EmptyState icon={IconShield} title="There are no roles" />}
      />
      {(chosen || address.new !== undefined) && (
        <RoleDrawer
          key={chosen?.name ?? ''}
          role={chosen ?? null}
          onClose={() => onAddress({ open: undefined, new: undefined })}
        />
      )}
    </>
  );
}

function RoleDrawer({ role, onClose }: { readonly role: RoleView | null; readonly onClose: () => void }) {
  const may = useMay('role:write') && !role?.builtIn;
  const [name, setName] = useState(role?.name ?? '');
  const [description, setDescription] = useState(role?.description ?? '');
  const [scopes, setScopes] = useState<readonly string[]>(role?.scopes ?? []);
  const [problem, setProblem] = useState<unknown>(null);
  const [leaving, setLeaving] = useState(false);
  const save = async (): Promise<void> => {
    setProblem(null);
    const given = { description, scopes: [...scopes] as never };
    try {
      if (role === null) await api.roles.create({ name, ...given });
      else await api.roles.change(role.name, given);
      refresh(['roles', 'users']);
      onClose();
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Drawer opened onClose={onClose} title={role === null ? 'New role' : role.name} size={560}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack>
          {role === null && (
            <TextInput
              label="Name"
              description="Small letters, digits and hyphens."
              required
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <TextInput
            label="What it is for"
            disabled={!may}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <ScopePicker chosen={scopes} onChange={setScopes} disabled={!may} />
          <Problem of={problem} />
          <Group justify="space-between">
            {role !== null && !role.builtIn ? (
              <Button variant="light" color="vermilion" disabled={!may} onClick={() => setLeaving(true)}>
                Remove …
              </Button>
            ) : (
              <span>{role?.builtIn ? 'It is built in and stays as it is.' : ''}</span>
            )}
            <Button type="submit" disabled={!may || scopes.length === 0 || name === ''}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
      {leaving && role !== null && (
        <Confirm
          title={`Remove the role ${role.name}?`}
          verb="Remove"
          run={() => api.roles.remove(role.name)}
          done={`${role.name} is gone.`}
          changes={['roles']}
          onClose={() => setLeaving(false)}
          onDone={onClose}
        >
          {role.users === 0 ? 'Nobody has it.' : `${role.users} people have it: give them another one first.`}
        </Confirm>
      )}
    </Drawer>
  );
}
