/** A mark of our own: two branches that join. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#d9541e"/><g fill="none" stroke="#fff" stroke-width="2.600"><circle cx="10" cy="9" r="2.800"/><circle cx="10" cy="23" r="2.800"/><circle cx="22" cy="14" r="2.800"/><path d="M10 12v8M22 17c0 4-6 3-10 5" stroke-linecap="round"/></g></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
