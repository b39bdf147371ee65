const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#a23a36"/><path d="M16 7l10 4-10 4-10-4zM6 16l10 4 10-4M6 21l10 4 10-4" fill="#fff" stroke="#fff" stroke-width="1.5"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
