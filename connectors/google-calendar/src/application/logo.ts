/** A mark of our own: a leaf of a calendar with one day marked. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2f5fd0"/><path d="M8 9.5h16V24H8zM8 14h16M12 7v4M20 7v4" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/><path d="M17 17.5h4V21h-4z" fill="#fff"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
