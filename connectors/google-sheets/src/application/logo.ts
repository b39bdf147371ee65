/** A mark of our own: a table with one cell filled in. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#157a43"/><path d="M8 8h16v16H8zM8 13.3h16M8 18.7h16M13.3 8v16M18.7 8v16" fill="none" stroke="#fff" stroke-width="1.8"/><path d="M13.3 13.3h5.4v5.4h-5.4z" fill="#fff"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
