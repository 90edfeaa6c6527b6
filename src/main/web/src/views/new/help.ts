import { Problem } from '../../api/problem'

/** What the OpenAPI document says of the settings and their groups, by path: `training`, `training.steps`. */
export type Help = Readonly<Record<string, string>>

interface Described {
  $ref?: string
  allOf?: Described[]
  description?: string
  properties?: Record<string, Described>
}

/** Reads the service's own OpenAPI document, which is public. A copy of these texts would be a large part of the bundle. */
export async function readHelp(signal: AbortSignal): Promise<Help> {
  const response = await fetch('v3/api-docs', { signal })
  if (!response.ok) throw Problem.of(response.status, undefined)
  const { components } = (await response.json()) as { components: { schemas: Record<string, Described> } }
  return helpOf(components.schemas)
}

export function helpOf(schemas: Record<string, Described>): Help {
  const help: Record<string, string> = {}
  const referred = (it: Described) => [it, ...(it.allOf ?? [])].map(({ $ref }) => schemas[$ref?.split('/').pop() ?? '']).find(Boolean)
  const collect = (of: Described, path: string) => {
    for (const [name, it] of Object.entries(of.properties ?? {})) {
      const type = referred(it)
      help[path + name] = it.description ?? type?.description ?? ''
      if (type?.properties) collect(type, `${path}${name}.`)
    }
  }
  collect(schemas['JobSpec'] ?? {}, '')
  return help
}
