import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import type { NotificationCondition, NotificationRuleRequest, NotificationRuleView } from '@sluice/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../frame/api.ts';
import { Editor } from './editor.tsx';
import { CONDITIONS } from './words.ts';

type Kind = NotificationCondition['kind'];
type Draft = { readonly kind: Kind } & Readonly<Record<string, string | number | undefined>>;

/** What a kind asks: names of members with their words; numbers have a default. */
const NUMBERS: Readonly<Partial<Record<Kind, readonly (readonly [member: string, label: string, usual: number])[]>>> = {
  trash: [['over', 'More messages than', 0]],
  queue: [
    ['over', 'More messages than', 100],
    ['forMinutes', 'For so many minutes', 5],
  ],
  'worker-down': [['forMinutes', 'For so many minutes', 1]],
  certificate: [['withinDays', 'Days before', 21]],
};
const NAMES: Readonly<Partial<Record<Kind, readonly (readonly [member: string, label: string])[]>>> = {
  'process-failed': [['topology', 'Only of the topology']],
  trash: [['topology', 'Only of the topology']],
  queue: [
    ['topology', 'Only of the topology'],
    ['node', 'Only at the node'],
  ],
  'worker-down': [['worker', 'Only the worker']],
  authorise: [['application', 'Only the application']],
};

export interface RuleEditorProps {
  readonly rule: NotificationRuleView | null;
  readonly onClose: () => void;
}

export function RuleEditor({ rule, onClose }: RuleEditorProps) {
  const [when, setWhen] = useState<Draft>((rule?.when as Draft | undefined) ?? { kind: 'process-failed' });
  const [to, setTo] = useState<string[]>([...(rule?.to ?? [])]);
  const [quietMinutes, setQuiet] = useState<number>(rule?.quietMinutes ?? 10);
  const [enabled, setEnabled] = useState(rule?.enabled ?? true);
  const channels = useQuery({
    queryKey: ['notifications', 'channels'],
    queryFn: () => api.notifications.channels(),
  }).data;
  const numbers = NUMBERS[when.kind] ?? [];
  const names = NAMES[when.kind] ?? [];
  const request = (): NotificationRuleRequest => ({
    when: {
      kind: when.kind,
      ...Object.fromEntries(numbers.map(([member, , usual]) => [member, when[member] ?? usual])),
      ...Object.fromEntries(names.filter(([member]) => when[member]).map(([member]) => [member, when[member]])),
    } as NotificationCondition,
    to,
    quietMinutes,
    enabled,
  });
  return (
    <Editor
      what="rule"
      name={rule?.name ?? null}
      save={(name) => api.notifications.saveRule(name, request())}
      remove={(name) => api.notifications.removeRule(name)}
      undo={(name) => api.notifications.saveRule(name, request())}
      onClose={onClose}
    >
      <Select
        label="When"
        data={[...CONDITIONS]}
        value={when.kind}
        allowDeselect={false}
        onChange={(kind) => setWhen({ kind: kind as Kind })}
      />
      {numbers.map(([member, label, usual]) => (
        <NumberInput
          key={member}
          label={label}
          min={0}
          value={(when[member] as number | undefined) ?? usual}
          onChange={(value) => setWhen({ ...when, [member]: Number(value) })}
        />
      ))}
      {names.map(([member, label]) => (
        <TextInput
          key={member}
          label={label}
          placeholder="any"
          value={(when[member] as string | undefined) ?? ''}
          onChange={(event) => setWhen({ ...when, [member]: event.currentTarget.value || undefined })}
        />
      ))}
      <MultiSelect
        label="Tells"
        description={channels?.items.length === 0 ? 'Make a channel first.' : undefined}
        placeholder={to.length === 0 ? 'Channels' : ''}
        data={(channels?.items ?? []).map(({ name }) => name)}
        value={to}
        onChange={setTo}
      />
      <NumberInput
        label="Then quiet for so many minutes"
        description="What happens further is gathered meanwhile, and told in one message."
        min={0}
        value={quietMinutes}
        onChange={(value) => setQuiet(Number(value))}
      />
      <Switch label="On" checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
    </Editor>
  );
}
