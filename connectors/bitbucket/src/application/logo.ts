/** A mark of our own: commits one after the other. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f57c3"/><path d="M16 6v20" stroke="#fff" stroke-width="2.400"/><g fill="#1f57c3" stroke="#fff" stroke-width="2.400"><circle cx="16" cy="10" r="3"/><circle cx="16" cy="22" r="3"/></g><path d="M16 16c4 0 7-1 7-5" fill="none" stroke="#fff" stroke-width="2.400" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
