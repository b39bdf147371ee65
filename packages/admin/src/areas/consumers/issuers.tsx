// Whose access tokens the gateway takes.

import { Button, Drawer, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconCertificate } from '@sluice/icons';
import { type Field, type IssuerRequestInput, type IssuerView, type Json, TOKEN_ALGORITHMS } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { refresh } from '../../parts/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { FormFields, type Values } from '../../parts/form-fields.tsx';
import { Problem } from '../../parts/problem.tsx';
import { EmptyState, ErrorState } from '../../parts/states.tsx';
import { Status } from '../../parts/status.tsx';

const COLUMNS: readonly Column<IssuerView>[] = [
  { id: 'name', header: 'Issuer', width: 'minmax(120px, 1fr)', cell: ({ name }) => <strong>{name}</strong> },
  {
    id: 'kind',
    header: 'Tokens',
    width: '150px',
    cell: ({ kind }) => (kind === 'jwt' ? 'carry their proof' : 'are asked about'),
  },
  {
    id: 'at',
    header: 'At',
    width: 'minmax(180px, 2fr)',
    cell: (issuer) => <span className="mono">{issuer.kind === 'jwt' ? issuer.issuer : issuer.introspectionUrl}</span>,
  },
  {
    id: 'audiences',
    header: 'Meant for',
    width: 'minmax(120px, 1fr)',
    wide: true,
    cell: ({ audiences = [] }) => audiences.join(', '),
  },
  {
    id: 'state',
    header: 'State',
    width: '100px',
    cell: ({ enabled }) => <Status of={enabled ? 'enabled' : 'disabled'} />,
  },
];

export interface IssuersProps {
  /** Name of the one that is open; empty for a new one. */
  readonly open: string | undefined;
  readonly onOpen: (name: string) => void;
  readonly onClose: () => void;
}

export function Issuers({ open, onOpen, onClose }: IssuersProps) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['gateway', 'issuers'],
    queryFn: () => api.issuers.list(),
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const chosen = data?.items.find(({ name }) => name === open);
  return (
    <>
      <DataTable
        label="Issuers"
        columns={COLUMNS}
        rows={data?.items ?? []}
        keyOf={({ name }) => name}
        loading={isPending}
        onOpen={({ name }) => onOpen(name)}
        empty={
          <EmptyState icon={IconCertificate} title="Only consumers of this gateway may call">
            An issuer is a server of access tokens that you trust: yours, or that of a partner. Whoever comes with its
            token is let in with the scopes of the token.
          </EmptyState>
        }
      />
      {(open === '' || chosen) && <IssuerDrawer key={open} issuer={chosen ?? null} onClose={onClose} />}
    </>
  );
}

const text = (key: string, label: string, more: Partial<Field> = {}): Field => ({ key, type: 'text', label, ...more });
const COMMON: readonly Field[] = [
  {
    key: 'audiences',
    type: 'multi-select',
    live: true,
    label: 'Audiences',
    description: 'The token must be meant for one of these.',
    required: true,
  },
  text('scopeClaim', 'Claim with the scopes', { default: 'scope' }),
  text('consumerClaim', 'Claim that names a consumer', {
    description: 'The token then counts as a credential of that consumer.',
  }),
  text('description', 'Description'),
  { key: 'enabled', type: 'checkbox', label: 'Its tokens are taken', default: true },
];
const KINDS: Readonly<Record<IssuerView['kind'], readonly Field[]>> = {
  jwt: [
    text('issuer', 'Issuer', { description: '“iss” of its tokens, to the letter.', required: true }),
    { key: 'jwksUrl', type: 'url', label: 'Address of its keys (JWKS)', required: true },
    {
      key: 'algorithms',
      type: 'multi-select',
      label: 'Signatures that are taken',
      choices: TOKEN_ALGORITHMS.map((value) => ({ value, label: value })),
      default: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    },
    { key: 'clockSkewS', type: 'number', label: 'Clocks may be apart, in s', default: 30, minimum: 0, maximum: 300 },
    ...COMMON,
  ],
  introspection: [
    { key: 'introspectionUrl', type: 'url', label: 'Where it is asked', required: true },
    text('clientId', 'Client id', { required: true }),
    { key: 'clientSecret', type: 'password', label: 'Client secret', description: 'Left empty, it stays as it is.' },
    text('tokenPrefix', 'Only for tokens that begin with'),
    { key: 'cacheS', type: 'number', label: 'An answer holds for, in s', default: 60, minimum: 0, maximum: 3_600 },
    ...COMMON,
  ],
};

function IssuerDrawer({ issuer, onClose }: { readonly issuer: IssuerView | null; readonly onClose: () => void }) {
  const may = useMay('gateway:write');
  const [kind, setKind] = useState<IssuerView['kind']>(issuer?.kind ?? 'jwt');
  const [values, setValues] = useState<Values>((issuer ?? {}) as unknown as Values);
  const [problem, setProblem] = useState<unknown>(null);
  const [leaving, setLeaving] = useState(false);
  const fields = [text('name', 'Name', { required: true, readOnly: issuer !== null }), ...KINDS[kind]];
  const save = async (): Promise<void> => {
    setProblem(null);
    const given = fields.flatMap(({ key }): [string, Json][] => {
      const value = values[key];
      return value === undefined || value === null || value === '' ? [] : [[key, value]];
    });
    try {
      await api.issuers.save({ kind, ...Object.fromEntries(given) } as unknown as IssuerRequestInput);
      refresh(['gateway']);
      onClose();
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Drawer opened onClose={onClose} title={issuer?.name ?? 'New issuer'} size={520}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack>
          {issuer === null && (
            <SegmentedControl
              aria-label="Kind"
              value={kind}
              onChange={(value) => setKind(value as IssuerView['kind'])}
              data={[
                { value: 'jwt', label: 'Tokens carry their proof (JWT)' },
                { value: 'introspection', label: 'It is asked about them' },
              ]}
            />
          )}
          <FormFields
            form={{ key: 'issuer', label: 'Issuer', fields }}
            values={values}
            onChange={setValues}
            disabled={!may}
          />
          <Problem of={problem} />
          <Group justify="space-between">
            {issuer === null ? (
              <span />
            ) : (
              <Button variant="light" color="vermilion" disabled={!may} onClick={() => setLeaving(true)}>
                Remove …
              </Button>
            )}
            <Button type="submit" disabled={!may}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
      {leaving && issuer !== null && (
        <Confirm
          title={`Remove ${issuer.name}?`}
          verb="Remove"
          run={() => api.issuers.remove(issuer.name)}
          done={`Tokens of ${issuer.name} are taken no more.`}
          changes={['gateway']}
          onClose={() => setLeaving(false)}
          onDone={onClose}
        >
          Its tokens end at once: whoever comes with one is answered with 401.
        </Confirm>
      )}
    </Drawer>
  );
}
