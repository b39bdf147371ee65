// Code that never ran takes twice as long, and the first drop among hundreds of steps is felt then. So what a drop and a
// new step run is run once, on a small picture that is on no page, while the page has nothing else to do.

import { Session } from './session.ts';

let rehearsed = false;

/** Once for a page, and only where a page can say that it has nothing to do. */
export function rehearse(): void {
  if (rehearsed || !('requestIdleCallback' in window)) return;
  rehearsed = true;
  requestIdleCallback(() => void act());
}

async function act(): Promise<void> {
  const session = new Session(document.createElement('div'));
  await session.open(undefined);
  const first = await session.add({ kind: 'start' }, { at: { x: 100, y: 100 } });
  await session.add({ kind: 'custom' }, { after: first });
  const registry = session.get('elementRegistry');
  session.get('modeling').moveElements([registry.get(first)!], { x: 20, y: 40 });
  session.get('commandStack').undo();
  await session.settled();
  session.close();
}
