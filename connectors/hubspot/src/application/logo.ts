/** A mark of our own: people around one who knows them. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#e2643d"/><path d="M16 16L9 9M16 16l8-6M16 16l-6 8M16 16l8 6" stroke="#fff" stroke-width="1.8"/><g fill="#fff"><circle cx="16" cy="16" r="4.5"/><circle cx="8.5" cy="8.5" r="2.4"/><circle cx="24.5" cy="9.5" r="2.4"/><circle cx="9.5" cy="24.5" r="2.4"/><circle cx="24.5" cy="22.5" r="2.4"/></g></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
