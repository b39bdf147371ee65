// The dots behind the picture move with it.

import type { Services } from './canvas.ts';

export function followGrid(host: HTMLElement, events: Services['eventBus'], canvas: Services['canvas']): void {
  events.on('canvas.viewbox.changed', () => {
    const { x, y, scale } = canvas.viewbox();
    let size = 20 * scale;
    while (size < 14) size *= 2;
    host.style.setProperty('--sl-grid', `${size}px`);
    host.style.setProperty('--sl-grid-x', `${-x * scale}px`);
    host.style.setProperty('--sl-grid-y', `${-y * scale}px`);
  });
}
