// Words of others, as Markdown. HTML in it is text, addresses that run something are taken out, and images of other
// places are not loaded: the page's policy would refuse them, and they would tell who reads.

import { lazy, Suspense } from 'react';
import styles from './markdown.module.css';

const Rendered = lazy(() => import('./markdown-rendered.tsx').then((module) => ({ default: module.Rendered })));

export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.markdown}>
      <Suspense fallback={text}>
        <Rendered text={text} />
      </Suspense>
    </div>
  );
}
