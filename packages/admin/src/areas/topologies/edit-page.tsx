// The process editor with a topology in it. Saving makes a draft; what is published never changes.

import { Button, Skeleton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import '@sluice/topology-editor/style.css';
import { IconDeviceFloppy } from '@sluice/icons';
import { type EditorChange, type EditorHandle, type Evaluated, TopologyEditor } from '@sluice/topology-editor';
import { useQuery } from '@tanstack/react-query';
import { useBlocker, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { api } from '../../frame/api.ts';
import { useAddress } from '../../frame/search.ts';
import { useMay } from '../../frame/session.tsx';
import { act, refuse } from '../../parts/act.ts';
import { PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { ErrorState } from '../../parts/states.tsx';
import { plural } from '../../parts/words.ts';
import { useCatalogue } from './catalogue.ts';
import { useNodeEntries } from './node-counts.ts';
import { useSample } from './samples.ts';

/** What an expression gives on the platform, by the same evaluator and with less time. */
async function evaluate(expression: string, sample: unknown): Promise<Evaluated> {
  try {
    const { value } = await api.expressions.evaluate(
      expression,
      sample as Parameters<typeof api.expressions.evaluate>[1],
    );
    return { value };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

export function EditPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const [{ version, node }] = useAddress<{ version?: string; node?: string }>();
  const navigate = useNavigate();
  const mayWrite = useMay('topology:write');
  const catalogue = useCatalogue();
  const editor = useRef<EditorHandle>(null);
  const [change, setChange] = useState<EditorChange | null>(null);
  const [saving, setSaving] = useState(false);
  const saved = useRef(false);
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const sample = useSample(name, selected);
  const { data, error } = useQuery({
    queryKey: ['topology', name, version ?? 'newest', 'bpmn'],
    queryFn: () => (version === undefined ? null : api.topologies.getBpmn(name, Number(version))),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const entries = useNodeEntries(name, Number(version));
  useBlocker({
    shouldBlockFn: () =>
      !saved.current && change?.dirty === true && !window.confirm('What you have drawn is not saved. Leave it?'),
  });
  const save = async (): Promise<void> => {
    setSaving(true);
    const answer = await act({
      run: async () => api.topologies.saveBpmn((await editor.current!.save()).bpmn, { name }),
      done: ({ version: made }) => `Saved as version ${made}.`,
      changes: ['topologies', 'topology'],
    });
    setSaving(false);
    if (!answer) return;
    saved.current = true;
    void navigate({ to: `/topologies/${name}`, search: { version: String(answer.version) } as never });
  };
  const saves = mayWrite && change !== null && !saving;
  // Also while a field or code has the focus.
  useHotkeys([['mod+S', () => void (saves && save())]], [], true);
  const problems = change?.problems.length ?? 0;
  return (
    <Page
      title={`Edit ${name}`}
      fill
      crumbs={
        <>
          <PageLink to="/topologies" size="sm" c="dimmed">
            Topologies
          </PageLink>{' '}
          /{' '}
          <PageLink to={`/topologies/${name}`} size="sm" c="dimmed">
            {name}
          </PageLink>
        </>
      }
      heading={version === undefined ? name : `${name}, from version ${version}`}
      actions={
        <>
          {problems > 0 && <span>{plural(problems, 'problem')} before it can be published</span>}
          <Button
            leftSection={<IconDeviceFloppy size={16} />}
            loading={saving}
            disabled={!mayWrite || !change}
            aria-keyshortcuts="Control+S Meta+S"
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      {error ? (
        <ErrorState error={error} />
      ) : data === undefined ? (
        <Skeleton height="100%" />
      ) : (
        <div className="card" style={{ flex: 1, minHeight: 0, overflow: 'hidden', display: 'grid' }}>
          <TopologyEditor
            ref={editor}
            {...(data === null ? {} : { bpmn: data })}
            name={name}
            catalogue={catalogue}
            focus={node}
            readOnly={!mayWrite}
            overlays={Object.fromEntries(
              entries.map(({ node: id, queued, leased, trash }) => [id, { queued, inFlight: leased, trash }]),
            )}
            {...(mayWrite ? { evaluate } : {})}
            sample={sample.message}
            sampleFrom={sample.from}
            onSelect={([first]) => setSelected(first)}
            onChange={setChange}
            onFault={refuse}
          />
        </div>
      )}
    </Page>
  );
}
