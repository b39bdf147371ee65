/** A mark of our own: an envelope. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5cab"/><rect x="6.5" y="9.5" width="19" height="13" rx="2" fill="none" stroke="#fff" stroke-width="2.2"/><path d="M7.5 11.5L16 18l8.5-6.5" fill="none" stroke="#fff" stroke-width="2.2"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
