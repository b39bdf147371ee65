// The picture is as large as its host, and told so in pixels: sized in percent, each layout of the page outside of it
// would lay out the text of every step again.

import type { Services } from './canvas.ts';

/**
 * @param then  what follows from another size
 * @returns stops it
 */
export function followSize(host: HTMLElement, canvas: Services['canvas'], then?: () => void): () => void {
  const picture = canvas.getContainer().querySelector<SVGElement>(':scope > svg')!;
  const sized = new ResizeObserver(() => {
    picture.style.width = `${host.clientWidth}px`;
    picture.style.height = `${host.clientHeight}px`;
    canvas.resized();
    then?.();
  });
  sized.observe(host);
  return () => sized.disconnect();
}
