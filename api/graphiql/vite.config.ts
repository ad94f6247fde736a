import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './licences';

/** Drops the fonts embedded in GraphiQL's style sheet: the system's do, in a fifth of the size and a stricter policy. */
const systemFonts: Plugin = {
  name: 'chancery:system-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (!/\.css($|\?)/.test(id)) return;
    return { code: code.replace(/@font-face\s*\{[^}]*url\(["']?data:[^}]*\}/g, ''), map: null };
  },
};

export default defineConfig({
  base: '/static/graphiql/',
  plugins: [react(), systemFonts, licences('LICENSES.txt')],
  worker: { format: 'es', plugins: () => [licences()] },
  build: {
    outDir: '../static/graphiql',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined data: URLs would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
