// Writes what the page knows of the API, from the OpenAPI document: the types, and the settings of a job with their
// kinds and ranges. The page reads their help from the service. With --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const document = new URL('../../openapi/likeness.json', import.meta.url)
const api = JSON.parse(readFileSync(document, 'utf8'))

/** Names of the keywords that the page's forms read. */
const KEYWORDS = ['type', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'maxLength', 'minItems',
  'maxItems']

/** A schema without references. The property's own keywords win over those of the schema that it refers to. */
function resolved(schema) {
  const referred = [schema.$ref, ...(schema.allOf ?? []).map((it) => it.$ref)].filter(Boolean)
    .map((it) => resolved(api.components.schemas[it.split('/').pop()]))
  const own = Object.fromEntries(KEYWORDS.filter((it) => it in schema && schema[it] !== false).map((it) => [it, schema[it]]))
  if (schema.items) own.items = resolved(schema.items)
  if (schema.properties) {
    own.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, it]) => [name, resolved(it)]))
  }
  return Object.assign({}, ...referred, own)
}

const outputs = {
  'schema.d.ts': '// Generated from src/main/openapi/likeness.json by "npm run api".\n\n' + astToString(await openapiTS(api)),
  'job-schema.json': JSON.stringify(resolved(api.components.schemas.JobSpec), null, 1) + '\n',
}
for (const [name, text] of Object.entries(outputs)) {
  const file = new URL('../src/api/' + name, import.meta.url)
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text)
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`src/api/${name} differs from the OpenAPI document. Run "npm run api" in src/main/web.`)
    process.exitCode = 1
  }
}
