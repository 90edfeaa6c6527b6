// Ends a build: checks the size of the bundle, and writes the hash of the sources that it was built of.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** Of everything a browser can load, and of what it loads for the first view. */
const LIMITS = { all: 150_000, first: 70_000 }

const web = fileURLToPath(new URL('..', import.meta.url))
const studio = fileURLToPath(new URL('../../resources/studio', import.meta.url))

const gzipped = (name) => gzipSync(readFileSync(join(studio, name)), { level: 9 }).length
const sum = (names) => names.reduce((total, name) => total + gzipped(name), 0)
const page = readFileSync(join(studio, 'index.html'), 'utf8')
const assets = readdirSync(join(studio, 'assets')).map((name) => `assets/${name}`)
const sizes = { all: sum(['index.html', ...assets]), first: sum(['index.html', ...assets.filter((it) => page.includes(it))]) }
for (const [name, limit] of Object.entries(LIMITS)) {
  console.log(`${name}: ${sizes[name]} of ${limit} bytes gzipped`)
  if (sizes[name] > limit) {
    console.error(`The bundle is too large (${name}). Load a view's parts when they are needed, or do without a library.`)
    process.exitCode = 1
  }
}

/** What the sources' types and settings are made of, so that a change of the API is a change of the sources. */
const document = '../openapi/likeness.json'

/** As studio.bsh computes it. Types, tests and documentation have no part in the bundle. */
const ignored = /(^|\/)(node_modules|\.svelte-kit)(\/|$)|\.(md|d\.ts|test\.ts)$/
const sources = readdirSync(web, { recursive: true, withFileTypes: true })
  .filter((it) => it.isFile())
  .map((it) => join(it.parentPath, it.name).slice(web.length).replaceAll('\\', '/'))
  .filter((it) => !ignored.test(it))
  .concat(document)
  .sort()
const hash = createHash('sha256')
for (const name of sources) {
  hash.update(`${name}\n`).update(createHash('sha256').update(readFileSync(join(web, name))).digest('hex')).update('\n')
}
writeFileSync(join(studio, 'sources.sha256'), hash.digest('hex') + '\n')
