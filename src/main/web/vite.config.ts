import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, loadEnv } from 'vite'

export default defineConfig(({ mode }) => ({
  // Relative, so that the page works below any path of a proxy.
  base: './',
  // Class names of styles depend on the component's path inside the project, so that every checkout builds the same.
  plugins: [svelte({ dynamicCompileOptions: ({ filename }) => ({ cssHash: ({ hash }) => `s${hash(filename.replace(/.*\/src\/main\/web\/|.*\/web\//, ''))}` }) })],
  // Tests of components run in a browser, so only browser code is resolved.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/v3', '/studio', '/swagger-ui'].map((path) => [
        path,
        // A running service, for `npm run dev`.
        { target: loadEnv(mode, '.', 'LIKENESS_')['LIKENESS_URL'] ?? 'http://127.0.0.1:8080' },
      ]),
    ),
  },
  build: {
    outDir: '../resources/studio',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy forbids data URLs for anything but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Many small files are compressed worse than a few. The base is what every view needs.
          groups: [
            { name: 'base', priority: 3, test: /node_modules\/(?!eventsource|oauth4webapi)|src\/(components\/|lib\/|api\/(client|problem|queries|session))/ },
            { name: 'views', priority: 1, test: /src\/views\/(?!gallery|signin)[^/]+\/.*(?<!route\.ts)$/ },
          ],
        },
      },
    },
    license: { fileName: 'licenses.md' },
  },
}))
