// What the store is filtered by; only what some application has can be chosen.

import { Button, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@sluice/icons';
import { authKind, authKindWords } from './auth-words.ts';
import { categoryLabel } from './offer.ts';
import { CAPABILITIES, countsOf, type Offer, type StoreAddress } from './store-filter.ts';

export interface StoreBarProps {
  readonly offers: readonly Offer[];
  readonly address: StoreAddress;
  readonly onChange: (change: StoreAddress) => void;
  readonly onClear: () => void;
}

export const NO_FILTER: StoreAddress = {
  find: undefined,
  show: undefined,
  category: undefined,
  can: undefined,
  auth: undefined,
};

export function StoreBar({ offers, address, onChange, onClear }: StoreBarProps) {
  const { find = '', show = '', category = null, can, auth = null } = address;
  const categories = countsOf(offers.flatMap(({ application }) => application.categories));
  const kinds = countsOf(offers.map(({ application }) => authKind(application)));
  const filtered = Object.keys(NO_FILTER).some((name) => address[name]);
  return (
    <>
      <TextInput
        data-find
        aria-label="Application"
        placeholder="Find an application"
        leftSection={<IconSearch size={15} aria-hidden />}
        w={220}
        defaultValue={find}
        onChange={(event) => onChange({ find: event.currentTarget.value || undefined })}
      />
      <SegmentedControl
        aria-label="Which"
        value={show}
        onChange={(value) => onChange({ show: value || undefined })}
        data={[
          { value: '', label: 'All' },
          { value: 'installed', label: 'Installed' },
          { value: 'attention', label: 'Need somebody' },
        ]}
      />
      {categories.length > 0 && (
        <Select
          aria-label="Category"
          placeholder="Any category"
          clearable
          w={170}
          value={category}
          onChange={(value) => onChange({ category: value ?? undefined })}
          data={categories.map(([value, count]) => ({ value, label: `${categoryLabel(value)} (${count})` }))}
        />
      )}
      <MultiSelect
        aria-label="Can"
        placeholder={can === undefined ? 'Can do anything' : ''}
        clearable
        miw={170}
        value={can?.split(',') ?? []}
        onChange={(values) => onChange({ can: values.join(',') || undefined })}
        data={CAPABILITIES.filter(({ value, has }) => offers.some(has) || can?.includes(value)).map(
          ({ value, label }) => ({ value, label }),
        )}
      />
      {kinds.length > 1 && (
        <Select
          aria-label="Authorisation"
          placeholder="Any authorisation"
          clearable
          w={180}
          value={auth}
          onChange={(value) => onChange({ auth: value ?? undefined })}
          data={kinds.map(([value, count]) => ({ value, label: `${authKindWords(value)} (${count})` }))}
        />
      )}
      {filtered && (
        <Button variant="subtle" color="gray" onClick={onClear}>
          Clear the filter
        </Button>
      )}
    </>
  );
}
