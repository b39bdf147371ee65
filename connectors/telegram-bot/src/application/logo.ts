/** A mark of our own: a paper plane in a circle. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1b8ab8"/><circle cx="16" cy="16" r="10" fill="#fff"/><path d="M10 16l11-4.500-2 9.500-3.500-2.500-2 2v-3.500z" fill="#1b8ab8"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
