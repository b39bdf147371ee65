/** A mark of our own: a telephone with waves. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#c22b3f"/><path d="M10 8l3.500 1-.5 5-2 1c1 3 3 5 6 6l1-2 5-.5 1 3.500c-1 2-4 2.500-6 2C13 22.500 9 18 8.500 13.500 8.300 11 8.500 9 10 8z" fill="#fff"/><path d="M18.500 8.500a6 6 0 015.500 5.500" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
