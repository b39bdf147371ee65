/** A mark of our own: a cloud. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1769aa"/><path d="M10.500 22.500a4 4 0 0 1-.3-8 6 6 0 0 1 11.300-1.300A4.700 4.700 0 0 1 21.500 22.500z" fill="none" stroke="#fff" stroke-width="2.200" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
