/** A mark of our own: a tick in a ring. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#5b4ccf"/><path d="M23.500 13.500A8 8 0 1118 8.300" fill="none" stroke="#fff" stroke-width="2.600" stroke-linecap="round"/><path d="M12.500 15.500l3.500 3.500 8.500-9" fill="none" stroke="#fff" stroke-width="2.600" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
