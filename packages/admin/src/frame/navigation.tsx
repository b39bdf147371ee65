import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { areas } from '../areas.ts';
import { type Area, GROUPS } from './area.ts';
import { useSession } from './session.tsx';
import styles from './shell.module.css';

export function Navigation() {
  const { scopes } = useSession();
  return GROUPS.map((group) => {
    const shown = areas.filter((area) => area.group === group && scopes.has(area.scope));
    if (shown.length === 0) return null;
    return (
      <nav key={group} aria-label={group}>
        <div className={styles.group} aria-hidden>
          {group}
        </div>
        {shown.map((area) => (
          <Entry key={area.id} area={area} />
        ))}
      </nav>
    );
  });
}

const nothing = (): null => null;

function Entry({ area: { icon: Icon, label, path, useCount = nothing } }: { readonly area: Area }) {
  const count = useCount();
  const link = useRef<HTMLAnchorElement>(null);
  const here = useRouterState({ select: ({ location }) => location.pathname.includes(path) });
  // On a low screen the navigation is scrolled: where one is can be seen.
  useEffect(() => {
    if (here) link.current?.scrollIntoView({ block: 'nearest' });
  }, [here]);
  return (
    <Link ref={link} to={path} className={styles.link} activeOptions={{ includeSearch: false }}>
      <Icon size={17} stroke={1.7} aria-hidden />
      {label}
      {count !== null && count > 0 && (
        <span className={styles.count}>{new Intl.NumberFormat('en', { notation: 'compact' }).format(count)}</span>
      )}
    </Link>
  );
}
