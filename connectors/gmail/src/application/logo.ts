/** A mark of our own: an open envelope. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#b23b2e"/><path d="M7 14l9-6.5L25 14v10H7z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/><path d="M7.5 14.5L16 19.5l8.5-5" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
