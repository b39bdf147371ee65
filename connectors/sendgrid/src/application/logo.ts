/** A mark of our own: a paper plane. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1583c7"/><path d="M6.500 16L25.500 7l-6 18-4-7.500z" fill="#fff"/><path d="M15.500 17.500L25.500 7" stroke="#1583c7" stroke-width="1.800"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
