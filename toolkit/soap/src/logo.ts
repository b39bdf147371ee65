const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#71527e"/><path d="M12 9l-6 7 6 7M20 9l6 7-6 7" fill="none" stroke="#fff" stroke-width="3"/></svg>`;

export const logo = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`;
