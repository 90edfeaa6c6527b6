/** A place in the page: `#/jobs/ID?tab=log` has the path `/jobs/ID` and the query `tab=log`. */
export interface Place {
  path: string
  query: URLSearchParams
}

export function parse(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  return { path: path || '/', query: new URLSearchParams(query) }
}

/** The link to a path, without the parameters that are undefined or empty. */
export function href(path: string, query: Record<string, string | undefined> = {}): string {
  const given = Object.entries(query).filter((it): it is [string, string] => Boolean(it[1]))
  return `#${path}${given.length ? `?${new URLSearchParams(given)}` : ''}`
}

/** The values of a pattern's names in a path: `/jobs/:id`. Undefined if the path has another form. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = pattern.split('/')
  const parts = path.split('/')
  if (names.length !== parts.length) return undefined
  const values: Record<string, string> = {}
  for (const [i, name] of names.entries()) {
    const part = parts[i] ?? ''
    if (name.startsWith(':') && part) values[name.slice(1)] = decode(part)
    else if (name !== part) return undefined
  }
  return values
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

class Router {
  place = $state.raw(parse(location.hash))

  constructor() {
    addEventListener('hashchange', () => (this.place = parse(location.hash)))
  }

  /** Opens a place. */
  go(path: string, query: Record<string, string | undefined> = {}): void {
    location.hash = href(path, query)
  }
}

export const router = new Router()
