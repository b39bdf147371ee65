const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#3f5d8a"/><path d="M6 9h20v14H6z" fill="#fff"/><path d="M6 9l10 8 10-8" fill="none" stroke="#3f5d8a" stroke-width="2"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
