/** A mark of our own: a coin on its way. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#5b54d6"/><path d="M5 12h7M5 16h5M5 20h7" stroke="#fff" stroke-width="2" stroke-linecap="round"/><circle cx="20" cy="16" r="7.5" fill="none" stroke="#fff" stroke-width="2"/><path d="M20 12.5v7M17.5 16h5" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
