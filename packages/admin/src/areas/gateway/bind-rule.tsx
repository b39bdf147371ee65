// The rule by which many routes are bound: the kind, and what each kind needs, chosen from what there is.

import { Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../frame/api.ts';
import { useMay } from '../../frame/session.tsx';
import { BY_NAME, type Names, RULES, type Rule } from './binding.ts';

interface NodeLike {
  readonly id: string;
  readonly kind: string;
}

export interface Places {
  readonly workers: Names;
  readonly applications: readonly { readonly value: string; readonly label: string }[];
  readonly topologies: Names;
  /** Actions, methods or start nodes of the one that is chosen. */
  readonly names: Names;
}

/** What there is to lead to. */
export function usePlaces(rule: Rule): Places {
  const workers =
    useQuery({ queryKey: ['workers'], queryFn: () => api.workers.list(), enabled: useMay('worker:read') }).data
      ?.items ?? [];
  const applications =
    useQuery({
      queryKey: ['applications'],
      queryFn: () => api.applications.list(),
      enabled: useMay('application:read'),
    }).data?.items ?? [];
  const versions = useQuery({ queryKey: ['topologies'], queryFn: () => api.topologies.list() }).data?.items ?? [];
  const topology = rule.kind === 'process' || rule.kind === 'wait' ? rule.topology : '';
  const model = useQuery({
    queryKey: ['topologies', topology, 'model'],
    queryFn: () => api.topologies.get(topology),
    enabled: topology !== '',
  }).data;
  const namesOf = (): Names => {
    if (rule.kind === 'action')
      return workers.find(({ name }) => name === rule.worker)?.manifest?.actions.map(({ name }) => name) ?? [];
    if (rule.kind === 'method')
      return applications.find(({ key }) => key === rule.application)?.methods.map(({ name }) => name) ?? [];
    const nodes = (model?.['nodes'] ?? []) as readonly NodeLike[];
    return nodes.filter(({ kind }) => kind === 'start').map(({ id }) => id);
  };
  return {
    workers: workers.map(({ name }) => name),
    applications: applications
      .filter(({ methods }) => rule.kind !== 'method' || methods.length > 0)
      .map(({ key, name }) => ({ value: key, label: name })),
    topologies: [...new Set(versions.map(({ name }) => name))].sort(),
    names: namesOf(),
  };
}

export interface BindRuleProps {
  readonly rule: Rule;
  readonly places: Places;
  readonly onChange: (rule: Rule) => void;
}

export function BindRule({ rule, places, onChange }: BindRuleProps) {
  const { workers, applications, topologies, names } = places;
  const nothing = { searchable: true, nothingFoundMessage: 'There is none', flex: 1 } as const;
  const byName = (what: string) => [
    { value: BY_NAME, label: `The ${what} with the name of the route` },
    ...names.map((name) => ({ value: name, label: name })),
  ];
  return (
    <>
      <Select
        label="They lead to"
        allowDeselect={false}
        data={RULES.map(({ value, label }) => ({ value, label }))}
        value={rule.kind}
        onChange={(kind) => onChange(RULES.find(({ value }) => value === kind)!.begin)}
      />
      {rule.kind === 'upstream' && (
        <>
          <Group gap="sm" align="flex-start" grow>
            <TextInput
              label="Address"
              placeholder={rule.application === null ? 'https://stock.example.com' : 'The one of the application'}
              data-autofocus
              value={rule.base}
              onChange={(event) => onChange({ ...rule, base: event.currentTarget.value.trim() })}
            />
            <TextInput
              label="Without this beginning of their paths"
              placeholder="/api/v1"
              value={rule.without}
              onChange={(event) => onChange({ ...rule, without: event.currentTarget.value.trim() })}
            />
          </Group>
          <Select
            {...nothing}
            label="Authorised by"
            placeholder="Nobody: requests go as they are"
            clearable
            data={[...applications]}
            value={rule.application}
            onChange={(application) => onChange({ ...rule, application })}
          />
        </>
      )}
      {rule.kind === 'action' && (
        <Group gap="sm" align="flex-start" grow>
          <Select
            {...nothing}
            label="Worker"
            data={[...workers]}
            value={rule.worker || null}
            onChange={(worker) => onChange({ ...rule, worker: worker ?? '', action: BY_NAME })}
          />
          <Select
            {...nothing}
            label="Action"
            allowDeselect={false}
            data={byName('action')}
            value={rule.action}
            onChange={(action) => onChange({ ...rule, action: action ?? BY_NAME })}
          />
        </Group>
      )}
      {rule.kind === 'method' && (
        <Group gap="sm" align="flex-start" grow>
          <Select
            {...nothing}
            label="Application"
            data={[...applications]}
            value={rule.application || null}
            onChange={(application) => onChange({ ...rule, application: application ?? '', method: BY_NAME })}
          />
          <Select
            {...nothing}
            label="Method"
            allowDeselect={false}
            data={byName('method')}
            value={rule.method}
            onChange={(method) => onChange({ ...rule, method: method ?? BY_NAME })}
          />
        </Group>
      )}
      {(rule.kind === 'process' || rule.kind === 'wait') && (
        <Group gap="sm" align="flex-start" grow>
          <Select
            {...nothing}
            label="Topology"
            data={[...topologies]}
            value={rule.topology || null}
            onChange={(topology) => onChange({ ...rule, topology: topology ?? '', start: BY_NAME })}
          />
          <Select
            {...nothing}
            label="Start node"
            allowDeselect={false}
            data={byName('start node')}
            value={rule.start}
            onChange={(start) => onChange({ ...rule, start: start ?? BY_NAME })}
          />
        </Group>
      )}
    </>
  );
}
