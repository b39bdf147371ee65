/** A mark of our own: lines that rise to the right. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#4a50b5"/><path d="M8 18l6 6M8 12l12 12M10 8l14 14M16 8l8 8" stroke="#fff" stroke-width="2.600" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
