/** A mark of our own: a lifebelt. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#12474a"/><circle cx="16" cy="16" r="7.500" fill="none" stroke="#fff" stroke-width="4.500"/><path d="M10.700 10.700l3 3M18.300 18.300l3 3M21.300 10.700l-3 3M13.700 18.300l-3 3" stroke="#12474a" stroke-width="2"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
