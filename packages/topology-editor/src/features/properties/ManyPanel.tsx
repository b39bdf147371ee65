// Several steps at once: the settings that all of them have.

import type { Node } from '@sluice/topology';
import { diff } from '@sluice/topology';
import { withSetting } from '../../model/edits.ts';
import { commonFields } from '../../model/form.ts';
import { useEditor } from '../../view/context.ts';
import { FieldControl } from './Fields.tsx';

export function ManyPanel({ nodes }: { readonly nodes: readonly Node[] }) {
  const { session } = useEditor();
  const fields = commonFields(nodes.map(({ kind }) => kind));
  const commonValue = (name: string): { value: unknown; mixed: boolean } => {
    const values = nodes.map(({ settings }) =>
      JSON.stringify((settings as Record<string, unknown> | undefined)?.[name]),
    );
    const mixed = new Set(values).size > 1;
    return { value: mixed || values[0] === undefined ? undefined : JSON.parse(values[0]), mixed };
  };
  const set = (name: string, value: unknown): void => {
    const part = (list: readonly Node[]) => ({ name: 'part', nodes: [...list], connections: [] });
    void session.edit(diff(part(nodes), part(nodes.map((node) => withSetting(node, name, value)))));
  };
  return (
    <>
      <header className="sl-head">
        <div className="sl-head-words">
          <div className="sl-head-title">{nodes.length} steps</div>
          <div className="sl-head-sub">What you set here is set on all of them, as one step to undo.</div>
        </div>
      </header>
      <div className="sl-scroll">
        <section className="sl-section sl-fields">
          {fields.map((field) => {
            const { value, mixed } = commonValue(field.name);
            return (
              <FieldControl
                key={field.name}
                field={mixed ? { ...field, hint: 'They differ now.' } : field}
                value={value}
                ghost={mixed ? 'different' : undefined}
                onChange={(next) => set(field.name, next)}
              />
            );
          })}
          {fields.length === 0 ? <div className="sl-hint">These kinds have no setting in common.</div> : null}
        </section>
      </div>
    </>
  );
}
