import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, loadEnv, type Plugin } from 'vite'
import { components } from './scripts/components.mjs'
import { translations } from './scripts/translations.ts'

/** Class names of styles are the numbers of components, ordered by path: short, and the same in every checkout. */
function cssHash({ filename }: { filename: string }): string {
  return `s${components.indexOf(filename.replaceAll('\\', '/').replace(/^(.*\/)?src\//, '')).toString(36)}`
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

/**
 * Compiled components step through a page that a server has rendered, and tell each other which slots they fill, for components of an
 * older Svelte. Here, neither is there.
 */
const withoutHydrationAndSlots: Plugin = {
  name: 'without-hydration-and-slots',
  apply: 'build',
  enforce: 'post',
  transform: {
    filter: { id: /\.svelte$/ },
    handler: (code) => code.replaceAll(/,\s*\$\$slots: \{ [\w, :]* \}|\$\.(reset|next)\(\w*\);/g, ''),
  },
}

/** The page defines no element of its own and no style of a view, so that what prepares both is left out. */
const withoutElementsAndPreload: Plugin = {
  name: 'without-elements-and-preload',
  apply: 'build',
  transform: {
    filter: { id: /svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$|vite\/preload-helper\.js$/ },
    handler(_, id) {
      return id.endsWith('preload-helper.js')
        ? 'export const __vitePreload = (load) => load()'
        : `export function create_custom_element() { throw new Error('custom elements are left out: adapt vite.config.ts') }`
    },
  },
}

export default defineConfig(({ mode }) => ({
  // Relative, so that the page works below any path of a proxy.
  base: './',
  plugins: [withoutHydration, withoutHydrationAndSlots, withoutElementsAndPreload, translations, svelte({ compilerOptions: { fragments: 'tree', discloseVersion: false, cssHash } })],
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
    // The few files of the page are loaded when they are needed: by the page itself at once.
    modulePreload: { polyfill: false, resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []) },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A file for each view would need 10 kB more in all, because each is compressed by itself. The base is what every view needs.
          groups: [
            { name: 'base', priority: 3, test: /node_modules\/(?!eventsource|oauth4webapi|d3-)|src\/(App|routes|texts\/(en|i18n)|views\/(gallery\/|[a-z]+\/route)|components\/(?!Chart|Combobox|Continue|CopyButton|Facts|FileButton|Findings|Fourfold|LargeView|Progress|Score|ScrollTable|Segmented|Slider|Thumbnail)|lib\/|api\/(client|problem|queries|session))/ },
            { name: 'views', priority: 1, test: /src\/views\/(all\.ts|(?!gallery|signin)[^/]+\/.*(?<!route\.ts))$/ },
          ],
        },
      },
    },
    license: { fileName: 'licenses.md' },
  },
}))
