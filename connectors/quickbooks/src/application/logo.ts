/** A mark of our own: an open book with a sum. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#2a7a2f"/><path d="M16 9.500c-3-2-6-2-9-1.500v15c3-.5 6-.5 9 1.500 3-2 6-2 9-1.500V8c-3-.5-6-.5-9 1.500zM16 9.500v15" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
