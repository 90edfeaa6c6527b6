import schema from '../../api/job-schema.json'
import { words } from '../../lib/words'
import type { Help } from './help'

/** What the form holds for a setting. A number is kept as it was typed, so that its field shows just that. */
export type Value = string | boolean | string[]

/** Values of the settings that were changed, by path: `training.steps`. */
export type Values = Readonly<Record<string, Value>>

/** What the form knows of a setting, from the OpenAPI document. */
interface Keywords {
  type: string
  enum?: string[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: boolean
  exclusiveMaximum?: boolean
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: { type?: string }
  properties?: Record<string, Keywords>
}

export interface Setting {
  path: string
  label: string
  kind: 'choice' | 'switch' | 'number' | 'text' | 'prose' | 'list'
  options: string[]
  limits: Limits
}

/** Limits of a number, or of the length of a list. */
export interface Limits {
  least?: number | undefined
  most?: number | undefined
  /** Whether the limit itself is excluded. */
  above: boolean
  below: boolean
}

export interface Group {
  path: string
  label: string
  settings: Setting[]
}

/** Settings with a place of their own above the form. */
const ELSEWHERE = new Set(['model', 'method', 'preset', 'identifier'])

/** Texts that may be longer than this have several lines. */
const LINE = 1000

function setting(path: string, it: Keywords): Setting {
  const names = path.split('.')
  const name = names.length > 1 ? names.slice(1).join('_') : path
  return { path, label: words(name), kind: kind(it), options: it.enum ?? [], limits: limits(it) }
}

/** The settings of a group or of an object in it, by path. */
function leaves(path: string, of: Keywords): (readonly [string, Keywords])[] {
  return Object.entries(of.properties ?? {}).flatMap(([name, it]) =>
    it.properties ? leaves(`${path}.${name}`, it) : [[`${path}.${name}`, it] as const])
}

function isNumber({ type }: { type?: string }): boolean {
  return type === 'integer' || type === 'number'
}

function kind(it: Keywords): Setting['kind'] {
  if (it.enum) return 'choice'
  if (it.type === 'boolean') return 'switch'
  if (it.type === 'array') return 'list'
  if (isNumber(it)) return 'number'
  return (it.maxLength ?? 0) > LINE ? 'prose' : 'text'
}

function limits(it: Keywords): Limits {
  return {
    least: it.minimum ?? it.minItems,
    most: it.maximum ?? it.maxItems,
    above: it.exclusiveMinimum ?? false,
    below: it.exclusiveMaximum ?? false,
  }
}

const all = Object.entries(schema.properties as Record<string, Keywords>)

/** All settings of a job but those with a place of their own. The first group has those without a group. */
export const groups: Group[] = [
  {
    path: '',
    label: '',
    settings: all.filter(([name, it]) => !it.properties && !ELSEWHERE.has(name)).map(([name, it]) => setting(name, it)),
  },
  ...all.flatMap(([name, it]) =>
    it.properties
      ? [{
          path: name,
          label: words(name),
          // Lists of objects, such as crop boxes, are for programs.
          settings: leaves(name, it).filter(([, of]) => of.items?.type !== 'object').map(([path, of]) => setting(path, of)),
        }]
      : [],
  ),
]

/** The paths of numbers and of lists of numbers. */
const numbers = new Set<string>(
  all.flatMap(([name, it]) => leaves(name, it))
    .filter(([, it]) => isNumber(it) || isNumber(it.items ?? {}))
    .map(([path]) => path))

/** The settings whose name or help has every word of a search, in their groups. */
export function search(text: string, help: Help = {}): Group[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (!wanted.length) return groups
  return groups
    .map((group) => ({
      ...group,
      settings: group.settings.filter((it) => {
        const known = `${group.label} ${it.path} ${it.label} ${help[it.path] ?? ''} ${it.options.join(' ')}`.toLowerCase()
        return wanted.every((word) => known.includes(word))
      }),
    }))
    .filter((group) => group.settings.length > 0)
}

/** Values with one changed; undefined or empty removes it, so that the service's default counts. */
export function changed(values: Values, path: string, value: Value | undefined): Values {
  const { [path]: _, ...others } = values
  const empty = value === undefined || value === '' || (Array.isArray(value) && !value.length)
  return empty ? others : { ...others, [path]: value }
}

/** The number that was typed. Text that is no number stays text: the service then says what it expects. */
export function numberOf(text: string): string | number {
  const trimmed = text.trim()
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed
}

/** Values as the nested object that the service reads. */
export function nested(values: Values): Record<string, unknown> {
  const whole: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.')
    const last = names.pop() ?? path
    let at = whole
    for (const name of names) at = (at[name] ??= {}) as Record<string, unknown>
    at[last] = !numbers.has(path) ? value : Array.isArray(value) ? value.map(numberOf) : numberOf(String(value))
  }
  return whole
}

/** What a nested object has at a path. */
export function valueAt(whole: unknown, path: string): unknown {
  return path.split('.').reduce((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], whole)
}
