/** A mark of our own: a card that is ticked off. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d5fd1"/><rect x="8" y="7" width="16" height="18" rx="2.5" fill="none" stroke="#fff" stroke-width="2.2"/><path d="M12 16.5l3 3 5.5-6.5" fill="none" stroke="#fff" stroke-width="2.2"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
