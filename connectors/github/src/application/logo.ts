/** A mark of our own: a branch that joins its trunk. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#24292f"/><path d="M11 9v14M21 13c0 6-10 3-10 8" fill="none" stroke="#fff" stroke-width="2.2"/><g fill="#fff"><circle cx="11" cy="8" r="3"/><circle cx="11" cy="24" r="3"/><circle cx="21" cy="11" r="3"/></g></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
