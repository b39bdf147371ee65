/** A mark of our own: a headset. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1c7d54"/><path d="M8 18v-2a8 8 0 0116 0v2" fill="none" stroke="#fff" stroke-width="2.600"/><rect x="6.500" y="17" width="5" height="7" rx="2" fill="#fff"/><rect x="20.500" y="17" width="5" height="7" rx="2" fill="#fff"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
