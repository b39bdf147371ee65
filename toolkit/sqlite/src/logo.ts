const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#3c6e5a"/><path d="M7 10c0-6 18-6 18 0v12c0 6-18 6-18 0z" fill="#fff" opacity=".9"/><path d="M7 10c0 5 18 5 18 0M7 16c0 5 18 5 18 0" fill="none" stroke="#3c6e5a" stroke-width="2"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
