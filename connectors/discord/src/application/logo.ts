/** A mark of our own: two eyes in a mask. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#4c58d0"/><path d="M9 10c4.500-2 9.500-2 14 0 2 4 3 8 2.500 12-2 1.500-3.500 2-5 2l-1.500-2.500c-2 .5-4 .5-6 0L11.500 24c-1.500 0-3-.5-5-2C6 18 7 14 9 10z" fill="#fff"/><circle cx="12.500" cy="16.500" r="2" fill="#4c58d0"/><circle cx="19.500" cy="16.500" r="2" fill="#4c58d0"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
