// The build of the web application. Our own packages are taken from their sources, so that this build and the
// compiler's can go on at the same time.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ours = join(import.meta.dirname, '..');

export default defineConfig({
  // Addresses of files are relative to the page's <base>, which the server sets.
  base: './',
  plugins: [react(), compressed()],
  resolve: {
    dedupe: ['react', 'react-dom', '@mantine/core', '@mantine/hooks'],
    alias: [
      { find: /^@sluice\/topology-editor\/style\.css$/, replacement: join(ours, 'topology-editor', 'style.css') },
      { find: /^@sluice\/([\w-]+)$/, replacement: join(ours, '$1', 'src', 'index.ts') },
      { find: /^@sluice\/([\w-]+)\/([\w-]+)$/, replacement: join(ours, '$1', 'src', '$2.ts') },
    ],
  },
  build: {
    outDir: 'dist-web',
    manifest: true,
    target: 'es2023',
    // Browsers of the last two years: `light-dark()` is kept as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The editor and the charts are large, and come when somebody goes there; the first load is measured by a test.
    chunkSizeWarningLimit: 3_000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});

/** Beside every text file its compressed forms, so that the server only picks one. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }) {
      const folder = join(dir!, 'assets');
      for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const bytes = readFileSync(join(folder, name));
        if (bytes.length < 1_000) continue;
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        writeFileSync(
          join(folder, `${name}.br`),
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
        );
      }
    },
  };
}
