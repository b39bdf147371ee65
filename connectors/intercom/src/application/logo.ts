/** A mark of our own: a speech bubble with a smile. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2a4fd6"/><path d="M8 8h16v15l-4-2.500H8z" fill="#fff"/><path d="M11.500 15.500c2.500 2.200 6.500 2.200 9 0" fill="none" stroke="#2a4fd6" stroke-width="2" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
