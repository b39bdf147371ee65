/** A mark of our own: a folder with an arrow up. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1a7f5a"/><path d="M6.5 10h7l2 2.5h10V23h-19z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/><path d="M16 21v-5M13.5 18l2.5-2.5 2.5 2.5" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
