/** A mark of our own: cards in a grid, one on top. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#b4442e"/><path d="M7 12l9-4 9 4-9 4z" fill="#fff"/><path d="M7 16.5l9 4 9-4M7 20.5l9 4 9-4" fill="none" stroke="#fff" stroke-width="2"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
