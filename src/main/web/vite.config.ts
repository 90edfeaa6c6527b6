import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, loadEnv, type Plugin } from 'vite'
import { translations } from './scripts/translations.ts'

/** Paths of components by the class name of their styles. */
const styled = new Map<string, string>()

/** Class names of styles depend on the component's path inside the project, so that every checkout builds the same. */
function cssHash({ hash, filename }: { hash: (text: string) => string; filename: string }): string {
  const path = filename.replace(/.*\/web\/src\//, '')
  const name = `s${hash(path).slice(-4)}`
  if ((styled.get(name) ?? path) !== path) throw new Error(`${path} and ${styled.get(name)} have styles with the same class name: rename one.`)
  styled.set(name, path)
  return name
}

/** The page is never rendered by a server, so that the code for taking over such a page is left out. */
const withoutHydration: Plugin = {
  name: 'without-hydration',
  apply: 'build',
  transform: {
    filter: { id: /svelte\/src\/internal\/client\/dom\/hydration\.js$/ },
    handler(code) {
      const without = code.replace('export let hydrating = false', 'export const hydrating = false').replace('hydrating = value;', '')
      if (/hydrating = (?!false)/.test(without)) this.error('Svelte keeps elsewhere now whether it takes over a page: adapt vite.config.ts.')
      return without
    },
  },
}

export default defineConfig(({ mode }) => ({
  // Relative, so that the page works below any path of a proxy.
  base: './',
  plugins: [withoutHydration, translations, svelte({ compilerOptions: { fragments: 'tree', cssHash } })],
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
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A file for each view would need 10 kB more in all, because each is compressed by itself. The base is what every view needs.
          groups: [
            { name: 'base', priority: 3, test: /node_modules\/(?!eventsource|oauth4webapi|d3-)|src\/(components\/(?!Chart|Combobox|LargeView)|lib\/|api\/(client|problem|queries|session))/ },
            { name: 'views', priority: 1, test: /src\/views\/(?!gallery|signin)[^/]+\/.*(?<!route\.ts)$/ },
          ],
        },
      },
    },
    license: { fileName: 'licenses.md' },
  },
}))
