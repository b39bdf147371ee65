// What each kind of target needs, chosen from what there is.

import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { type Place, read, write } from './draft.ts';
import type { PartProps } from './policy-form.tsx';

export interface TargetPartProps extends PartProps {
  /** Where the target is in the route. */
  readonly place: Place;
}

interface NodeLike {
  readonly id: string;
  readonly kind: string;
}

interface MemberProps extends TargetPartProps {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

export function TextMember({ draft, onChange, problems, disabled, place, name, ...words }: MemberProps) {
  return (
    <TextInput
      {...words}
      disabled={disabled}
      value={String(read(draft, [...place, name]) ?? '')}
      error={problems[[...place, name].join('.')]}
      onChange={(event) => onChange(write(draft, [...place, name], event.currentTarget.value || undefined))}
    />
  );
}

/** One of what is known; a name that is not known yet stays as it is. */
function Choice({
  draft,
  onChange,
  problems,
  disabled,
  place,
  name,
  data,
  then,
  ...words
}: MemberProps & {
  readonly data: readonly string[];
  /** Members that belong to the choice before. */
  readonly then?: string;
}) {
  const value = String(read(draft, [...place, name]) ?? '');
  const all = value === '' || data.includes(value) ? data : [...data, value];
  return (
    <Select
      {...words}
      flex={1}
      searchable
      disabled={disabled}
      data={[...new Set(all)]}
      value={value || null}
      error={
        problems[[...place, name].join('.')] && (value === '' ? 'Choose one.' : problems[[...place, name].join('.')])
      }
      nothingFoundMessage="There is none"
      onChange={(chosen) => {
        const next = write(draft, [...place, name], chosen ?? '');
        onChange(then === undefined ? next : write(next, [...place, then], ''));
      }}
    />
  );
}

export function ProcessTarget({ waits, ...props }: TargetPartProps & { readonly waits: boolean }) {
  const { draft, onChange, disabled, problems, place } = props;
  const topology = String(read(draft, [...place, 'topology']) ?? '');
  const versions = useQuery({ queryKey: ['topologies'], queryFn: () => api.topologies.list() }).data?.items ?? [];
  const known = versions.some(({ name }) => name === topology);
  const model = useQuery({
    queryKey: ['topologies', topology, 'model'],
    queryFn: () => api.topologies.get(topology),
    enabled: known,
  }).data;
  const starts = ((model?.nodes as readonly NodeLike[] | undefined) ?? []).filter(({ kind }) => kind === 'start');
  return (
    <>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <Choice
          {...props}
          name="topology"
          label="Topology"
          required
          then="start"
          data={versions.map(({ name }) => name)}
        />
        <Choice {...props} name="start" label="Start node" required data={starts.map(({ id }) => id)} />
      </Group>
      {waits && (
        <NumberInput
          label="Waits for at most, in ms"
          description="After that the answer is 202 with an address to come back to."
          disabled={disabled}
          min={1}
          max={300_000}
          value={Number(read(draft, [...place, 'waitMs']) ?? 30_000)}
          error={problems[[...place, 'waitMs'].join('.')]}
          onChange={(value) =>
            onChange(write(draft, [...place, 'waitMs'], typeof value === 'number' ? value : undefined))
          }
        />
      )}
    </>
  );
}

export function MethodTarget(props: TargetPartProps) {
  const may = useMay('application:read');
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () => api.applications.list(),
    enabled: may,
  }).data?.items;
  const able = (applications ?? []).filter(({ methods }) => methods.length > 0);
  const application = able.find(({ key }) => key === read(props.draft, [...props.place, 'application']));
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <Choice
        {...props}
        name="application"
        label="Application"
        required
        then="method"
        data={able.map(({ key }) => key)}
      />
      <Choice
        {...props}
        name="method"
        label="Method"
        required
        data={(application?.methods ?? []).map(({ name }) => name)}
      />
    </Group>
  );
}

export function ActionTarget(props: TargetPartProps) {
  const may = useMay('worker:read');
  const workers =
    useQuery({ queryKey: ['workers'], queryFn: () => api.workers.list(), enabled: may }).data?.items ?? [];
  const worker = workers.find(({ name }) => name === read(props.draft, [...props.place, 'worker']));
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <Choice {...props} name="worker" label="Worker" required then="action" data={workers.map(({ name }) => name)} />
      <Choice
        {...props}
        name="action"
        label="Action"
        required
        data={(worker?.manifest?.actions ?? []).map(({ name }) => name)}
      />
    </Group>
  );
}

export function UpstreamTarget(props: TargetPartProps) {
  const { draft, onChange, disabled, place } = props;
  const may = useMay('application:read');
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () => api.applications.list(),
    enabled: may,
  }).data?.items;
  const application = read(draft, [...place, 'application']);
  return (
    <>
      <TextMember
        {...props}
        name="url"
        label="Address"
        required
        description="Parameters of the path can stand in it: https://stock.example.com/items/{id}. Host and scheme take none."
      />
      <Select
        label="Authorised by"
        description="An application signs the request, and the address may be relative to its own."
        placeholder="Nobody: the request goes as it is"
        data={(applications ?? []).map(({ key, name }) => ({ value: key, label: name }))}
        value={typeof application === 'string' ? application : null}
        clearable
        searchable
        disabled={disabled}
        onChange={(value) => onChange(write(draft, [...place, 'application'], value ?? undefined))}
      />
      {(['keepHost', 'webSocket'] as const).map((name) => (
        <Checkbox
          key={name}
          label={name === 'keepHost' ? 'Hand on the host that the client asked for' : 'Take WebSockets'}
          checked={read(draft, [...place, name]) === true}
          disabled={disabled}
          onChange={(event) => onChange(write(draft, [...place, name], event.currentTarget.checked || undefined))}
        />
      ))}
    </>
  );
}
