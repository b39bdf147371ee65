/** A mark of our own: an envelope that is sent. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#c9a21a"/><rect x="7" y="10" width="18" height="13" rx="2" fill="#fff"/><path d="M7.500 11l8.500 7 8.500-7" fill="none" stroke="#c9a21a" stroke-width="2"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
