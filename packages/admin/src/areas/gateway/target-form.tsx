// Where a route leads: the kind, and what each kind needs, chosen from what there is.

import { Alert, Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { type Draft, read, write } from './draft.ts';
import type { PartProps } from './policy-form.tsx';

const KINDS = [
  { value: 'process', label: 'Start a process: 202 when it is durable' },
  { value: 'wait', label: 'Run a process and wait for its answer' },
  { value: 'method', label: 'A method of an application' },
  { value: 'action', label: 'A connector, batch or custom node' },
  { value: 'upstream', label: 'A service by its address' },
  { value: 'aggregate', label: 'Several at once, joined into one answer' },
  { value: 'description', label: 'The description of this API (OpenAPI)' },
  { value: 'unbound', label: 'Nothing yet' },
];

const BEGIN: Readonly<Record<string, Draft>> = {
  process: { kind: 'process', topology: '', start: '' },
  wait: { kind: 'wait', topology: '', start: '' },
  method: { kind: 'method', application: '', method: '' },
  action: { kind: 'action', worker: '', action: '' },
  upstream: { kind: 'upstream', url: 'https://' },
  aggregate: { kind: 'aggregate', parts: {} },
  description: { kind: 'description' },
  unbound: { kind: 'unbound' },
};

interface NodeLike {
  readonly id: string;
  readonly kind: string;
}

export function TargetForm(props: PartProps) {
  const { draft, onChange, disabled } = props;
  const kind = String(read(draft, ['target', 'kind']) ?? 'process');
  return (
    <Stack gap="sm">
      <Select
        label="Leads to"
        data={KINDS}
        value={kind}
        allowDeselect={false}
        disabled={disabled}
        onChange={(value) => onChange(write(draft, ['target'], BEGIN[value ?? 'process']))}
      />
      {(kind === 'process' || kind === 'wait') && <ProcessTarget {...props} waits={kind === 'wait'} />}
      {kind === 'method' && <MethodTarget {...props} />}
      {kind === 'action' && <ActionTarget {...props} />}
      {kind === 'upstream' && <UpstreamTarget {...props} />}
      {kind === 'description' && <TextMember {...props} name="title" label="Title" placeholder="API" />}
      {kind === 'aggregate' && (
        <Alert color="gray" title="Its parts are written in the JSON beside">
          Each part has a name and a target of its own: {'{"parts": {"orders": {"target": {…}}}}'}.
        </Alert>
      )}
      {kind !== 'description' && kind !== 'unbound' && kind !== 'aggregate' && (
        <TextMember
          {...props}
          name="user"
          label="User"
          description="Whose installs and limits hold. Empty: the one the consumer acts for."
        />
      )}
    </Stack>
  );
}

interface MemberProps extends PartProps {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
}

function TextMember({ draft, onChange, problems, disabled, name, ...words }: MemberProps) {
  return (
    <TextInput
      {...words}
      disabled={disabled}
      value={String(read(draft, ['target', name]) ?? '')}
      error={problems[`target.${name}`]}
      onChange={(event) => onChange(write(draft, ['target', name], event.currentTarget.value || undefined))}
    />
  );
}

/** One of what is known; a name that is not known yet stays as it is. */
function Choice({
  draft,
  onChange,
  problems,
  disabled,
  name,
  data,
  then,
  ...words
}: MemberProps & {
  readonly data: readonly string[];
  /** Members that belong to the choice before. */
  readonly then?: string;
}) {
  const value = String(read(draft, ['target', name]) ?? '');
  const all = value === '' || data.includes(value) ? data : [...data, value];
  return (
    <Select
      {...words}
      flex={1}
      searchable
      disabled={disabled}
      data={[...new Set(all)]}
      value={value || null}
      error={problems[`target.${name}`] && (value === '' ? 'Choose one.' : problems[`target.${name}`])}
      nothingFoundMessage="There is none"
      onChange={(chosen) => {
        const next = write(draft, ['target', name], chosen ?? '');
        onChange(then === undefined ? next : write(next, ['target', then], ''));
      }}
    />
  );
}

function ProcessTarget({ waits, ...props }: PartProps & { readonly waits: boolean }) {
  const { draft, onChange, disabled, problems } = props;
  const topology = String(read(draft, ['target', 'topology']) ?? '');
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
          value={Number(read(draft, ['target', 'waitMs']) ?? 30_000)}
          error={problems['target.waitMs']}
          onChange={(value) =>
            onChange(write(draft, ['target', 'waitMs'], typeof value === 'number' ? value : undefined))
          }
        />
      )}
    </>
  );
}

function MethodTarget(props: PartProps) {
  const may = useMay('application:read');
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () => api.applications.list(),
    enabled: may,
  }).data?.items;
  const able = (applications ?? []).filter(({ methods }) => methods.length > 0);
  const application = able.find(({ key }) => key === read(props.draft, ['target', 'application']));
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

function ActionTarget(props: PartProps) {
  const may = useMay('worker:read');
  const workers =
    useQuery({ queryKey: ['workers'], queryFn: () => api.workers.list(), enabled: may }).data?.items ?? [];
  const worker = workers.find(({ name }) => name === read(props.draft, ['target', 'worker']));
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

function UpstreamTarget(props: PartProps) {
  const { draft, onChange, disabled } = props;
  const may = useMay('application:read');
  const applications = useQuery({
    queryKey: ['applications'],
    queryFn: () => api.applications.list(),
    enabled: may,
  }).data?.items;
  const application = read(draft, ['target', 'application']);
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
        onChange={(value) => onChange(write(draft, ['target', 'application'], value ?? undefined))}
      />
      {(['keepHost', 'webSocket'] as const).map((name) => (
        <Checkbox
          key={name}
          label={name === 'keepHost' ? 'Hand on the host that the client asked for' : 'Take WebSockets'}
          checked={read(draft, ['target', name]) === true}
          disabled={disabled}
          onChange={(event) => onChange(write(draft, ['target', name], event.currentTarget.checked || undefined))}
        />
      ))}
    </>
  );
}
