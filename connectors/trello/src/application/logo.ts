/** A mark of our own: two columns of cards. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1668c9"/><rect x="7" y="7" width="7.500" height="18" rx="2" fill="#fff"/><rect x="17.500" y="7" width="7.500" height="11" rx="2" fill="#fff"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
