// Who may: there is no default, and whoever lets everybody in says why.

import { MultiSelect, SegmentedControl, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { ACCESS_SCHEMES, type Json } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { PageLink } from '../../parts/link.tsx';
import { read, write } from './draft.ts';
import type { PartProps } from './policy-form.tsx';

const SCHEMES: Readonly<Record<string, string>> = {
  key: 'API key',
  basic: 'user and password',
  hmac: 'signed requests',
  certificate: 'client certificate',
  token: 'access token of an issuer',
};

const textsOf = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

export function AccessForm({ draft, onChange, problems, disabled }: PartProps) {
  const consumers = useQuery({ queryKey: ['gateway', 'consumers'], queryFn: () => api.consumers.list() }).data;
  const open = read(draft, ['access', 'public']) !== undefined;
  const scopes = [...new Set((consumers?.items ?? []).flatMap((one) => one.scopes))].sort();
  const set = (name: string, value: string[]): void =>
    onChange(write(draft, ['access', name], value.length === 0 && name !== 'scopes' ? undefined : value));
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Who may"
        disabled={disabled}
        value={open ? 'public' : 'consumers'}
        onChange={(value) => onChange(write(draft, ['access'], value === 'public' ? { public: '' } : { scopes: [] }))}
        data={[
          { value: 'consumers', label: 'Consumers who prove who they are' },
          { value: 'public', label: 'Anybody' },
        ]}
      />
      {open ? (
        <TextInput
          label="Why that is right"
          description="Kept with the route, for whoever looks at it later."
          required
          disabled={disabled}
          value={String(read(draft, ['access', 'public']) ?? '')}
          error={problems['access.public'] && 'Say why nobody is asked who they are.'}
          onChange={(event) => onChange(write(draft, ['access', 'public'], event.currentTarget.value))}
        />
      ) : (
        <>
          <TagsInput
            label="Scopes"
            description="All of them are needed. None: any consumer."
            placeholder="orders:write"
            data={scopes}
            disabled={disabled}
            value={textsOf(read(draft, ['access', 'scopes']))}
            error={problems['access.scopes']}
            onChange={(value) => set('scopes', value)}
          />
          <MultiSelect
            label="Only these consumers"
            placeholder="Any that has the scopes"
            data={(consumers?.items ?? []).map(({ name }) => name)}
            searchable
            clearable
            disabled={disabled}
            value={textsOf(read(draft, ['access', 'consumers']))}
            onChange={(value) => set('consumers', value)}
          />
          <MultiSelect
            label="Only by"
            placeholder="Any way to prove it"
            data={ACCESS_SCHEMES.map((value) => ({ value, label: SCHEMES[value] ?? value }))}
            clearable
            disabled={disabled}
            value={textsOf(read(draft, ['access', 'schemes']))}
            onChange={(value) => set('schemes', value)}
          />
          {consumers?.items.length === 0 && (
            <Text size="sm">
              There is no consumer yet, so nobody could call this.{' '}
              <PageLink to="/consumers" search={{ new: 'yes' }} size="sm">
                Make one
              </PageLink>
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
