/** A mark of our own: two people who talk. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#4b4f9e"/><circle cx="12" cy="12" r="3.2" fill="none" stroke="#fff" stroke-width="2"/><circle cx="21" cy="13.5" r="2.4" fill="none" stroke="#fff" stroke-width="2"/><path d="M6.5 23c0-4 2.3-6 5.5-6s5.5 2 5.5 6M19.5 18.2c3.500-.7 6 1 6 4.800" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
