import { parseAst, type Plugin } from 'vite'

type Expression = { type: string; start: number; end: number; properties?: unknown }
type Property = { key: { name: string }; value: Expression }

/** The source of each text below an object, ordered by the keys. */
function values(object: Expression, code: string): string[] {
  return [...(object.properties as Property[])]
    .sort((a, b) => (a.key.name < b.key.name ? -1 : 1))
    .flatMap(({ value }) => (value.type === 'ObjectExpression' ? values(value, code) : [code.slice(value.start, value.end)]))
}

/** A translation has the keys of the English texts (the type check sees to it), so that the bundle need not repeat them. */
export const translations: Plugin = {
  name: 'translations',
  enforce: 'post',
  transform: {
    filter: { id: /\/src\/texts\/(?!en)[a-z]{2}\.ts$/ },
    handler(code) {
      for (const statement of parseAst(code).body) {
        const declared = statement.type === 'ExportNamedDeclaration' && statement.declaration
        const [texts] = declared && declared.type === 'VariableDeclaration' ? declared.declarations : []
        if (texts?.id.type !== 'Identifier' || texts.init?.type !== 'ObjectExpression') continue
        const list = values(texts.init, code).join(',\n')
        const name = texts.id.name
        return `import { en } from './en'\nimport { filled } from './filled'\nexport const ${name} = filled(en, [${list}])\n`
      }
      this.error('A translation is written as: export const xx: Texts = { ... }')
    },
  },
}
