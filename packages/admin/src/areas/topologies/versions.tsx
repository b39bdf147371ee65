// The versions of a topology, and the difference of two of them on the canvas.

import { Button, Skeleton } from '@mantine/core';
import { IconArrowsDiff } from '@sluice/icons';
import type { VersionView } from '@sluice/protocol';
import { lazy, Suspense } from 'react';
import { PageLink } from '../../parts/link.tsx';
import { Status } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import styles from './versions.module.css';

const Difference = lazy(() => import('./difference.tsx').then((module) => ({ default: module.Difference })));

export interface VersionsProps {
  readonly name: string;
  readonly versions: readonly VersionView[];
  readonly shown: number;
  /** Version with which the shown one is compared. */
  readonly before: string | undefined;
  readonly onCompare: (version: string, before: string) => void;
}

export function Versions({ name, versions, shown, before, onCompare }: VersionsProps) {
  return (
    <>
      <div className={`card ${styles.list}`}>
        {versions.map(({ version, state, createdAt, publishedAt }, index) => {
          const older = versions[index + 1];
          return (
            <div key={version} className={styles.row} aria-current={version === shown}>
              <PageLink to={`/topologies/${name}`} search={{ version: String(version) }} size="sm" fw={600}>
                v{version}
              </PageLink>
              <Status of={state} />
              <span>
                saved <Time at={createdAt} />
              </span>
              <span>
                {publishedAt === null ? (
                  'not published'
                ) : (
                  <>
                    published <Time at={publishedAt} />
                  </>
                )}
              </span>
              {older ? (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  leftSection={<IconArrowsDiff size={14} />}
                  onClick={() => onCompare(String(version), String(older.version))}
                >
                  What changed since v{older.version}
                </Button>
              ) : (
                <span />
              )}
            </div>
          );
        })}
      </div>
      {before !== undefined && (
        <Suspense fallback={<Skeleton height={420} mt="md" />}>
          <Difference name={name} version={shown} before={Number(before)} />
        </Suspense>
      )}
    </>
  );
}
