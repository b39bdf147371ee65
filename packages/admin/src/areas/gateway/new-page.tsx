import { useNavigate } from '@tanstack/react-router';
import { useAddress } from '../../frame/search.ts';
import { PageLink } from '../../parts/link.tsx';
import { Page } from '../../parts/page.tsx';
import { type Draft, EMPTY } from './draft.ts';
import { RouteEditor } from './route-editor.tsx';

type Address = { topology?: string; start?: string };

/** A route to be: empty, or leading to the start node that its address names. */
export function NewPage() {
  const navigate = useNavigate();
  const [{ topology, start }] = useAddress<Address>();
  const begin: Draft =
    topology === undefined
      ? EMPTY
      : { ...EMPTY, name: topology, path: `/${topology}`, target: { kind: 'process', topology, start: start ?? '' } };
  return (
    <Page
      title="New route"
      crumbs={
        <PageLink to="/gateway" size="sm" c="dimmed">
          Gateway
        </PageLink>
      }
    >
      <RouteEditor
        begin={begin}
        known={false}
        onSaved={({ name }) => void navigate({ to: `/gateway/routes/${name}`, search: { tab: 'call' } as never })}
      />
    </Page>
  );
}
