// What keeps the process from running, each with its place: choose one and you are there.

import { useEditor, useNow } from '../../view/context.ts';

export function Problems({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }) {
  const { session } = useEditor();
  const problems = useNow('problems');
  return (
    <div>
      {open && problems.length > 0 ? (
        <ul className="sl-problems" aria-label="Problems">
          {problems.map((problem) => (
            <li key={`${problem.code} ${problem.path} ${problem.message}`}>
              <button
                type="button"
                className="sl-problem"
                data-code={problem.code}
                onClick={() => session.jump({ node: problem.node, connection: problem.connection })}
              >
                <span className="sl-problem-sign" aria-hidden="true">
                  !
                </span>
                <span>{problem.message}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <button type="button" className="sl-bar" aria-expanded={open} onClick={onToggle}>
        {problems.length === 0 ? (
          <>
            <span className="sl-bar-fine" aria-hidden="true">
              ✓
            </span>
            Ready to publish
          </>
        ) : (
          <>
            <span className="sl-bar-count">{problems.length}</span>
            {problems.length === 1 ? 'problem keeps it from running' : 'problems keep it from running'}
          </>
        )}
      </button>
    </div>
  );
}
