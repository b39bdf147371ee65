// Where a route leads: the kind, and what each kind needs.

import { Select, Stack } from '@mantine/core';
import { AggregateForm } from './aggregate-form.tsx';
import { type Draft, read, write } from './draft.ts';
import {
  ActionTarget,
  MethodTarget,
  ProcessTarget,
  type TargetPartProps,
  TextMember,
  UpstreamTarget,
} from './target-members.tsx';

interface Kind {
  readonly value: string;
  readonly label: string;
  readonly begin: Draft;
  /** It can be a part of several at once. */
  readonly single: boolean;
}

const KINDS: readonly Kind[] = [
  {
    value: 'process',
    label: 'Start a process: 202 when it is durable',
    begin: { kind: 'process', topology: '', start: '' },
    single: true,
  },
  {
    value: 'wait',
    label: 'Run a process and wait for its answer',
    begin: { kind: 'wait', topology: '', start: '' },
    single: true,
  },
  {
    value: 'method',
    label: 'A method of an application',
    begin: { kind: 'method', application: '', method: '' },
    single: true,
  },
  {
    value: 'action',
    label: 'A connector, batch or custom node',
    begin: { kind: 'action', worker: '', action: '' },
    single: true,
  },
  { value: 'upstream', label: 'A service by its address', begin: { kind: 'upstream', url: 'https://' }, single: true },
  {
    value: 'aggregate',
    label: 'Several at once, joined into one answer',
    begin: { kind: 'aggregate', parts: {} },
    single: false,
  },
  {
    value: 'description',
    label: 'The description of this API (OpenAPI)',
    begin: { kind: 'description' },
    single: false,
  },
  { value: 'unbound', label: 'Nothing yet', begin: { kind: 'unbound' }, single: false },
];

export function TargetForm(props: TargetPartProps) {
  const { draft, onChange, disabled, place } = props;
  const inside = place.length > 1;
  const kind = String(read(draft, [...place, 'kind']) ?? 'process');
  return (
    <Stack gap="sm">
      <Select
        label="Leads to"
        data={KINDS.filter(({ single }) => single || !inside).map(({ value, label }) => ({ value, label }))}
        value={kind}
        allowDeselect={false}
        disabled={disabled}
        onChange={(value) => onChange(write(draft, place, KINDS.find((one) => one.value === value)!.begin))}
      />
      {(kind === 'process' || kind === 'wait') && <ProcessTarget {...props} waits={kind === 'wait'} />}
      {kind === 'method' && <MethodTarget {...props} />}
      {kind === 'action' && <ActionTarget {...props} />}
      {kind === 'upstream' && <UpstreamTarget {...props} />}
      {kind === 'description' && <TextMember {...props} name="title" label="Title" placeholder="API" />}
      {kind === 'aggregate' && <AggregateForm {...props} target={TargetForm} />}
      {KINDS.some(({ value, single }) => value === kind && single) && (
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
