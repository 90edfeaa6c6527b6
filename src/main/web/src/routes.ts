import type { Component } from 'svelte'
import type { Scope } from './lib/caller'
import { match } from './lib/router.svelte'
import type { Texts } from './texts'

/** A view of the page. Each folder in `views` that has an address declares it in its `route.ts`. */
export interface Route {
  /** Such as `/jobs/:id`. The view receives the values as properties. */
  path: string
  load: () => Promise<Component<Record<string, string>>>
  /** Title of the page. */
  title: (texts: Texts) => string
  /** What a caller must be allowed to do to see it. */
  scope?: Scope
  /** Place in the navigation; without it, the view is reached by links only. */
  navigation?: {
    order: number
    icon: Component
    /** Whether it stands under "More" where there is little space. */
    secondary?: boolean
  }
}

/** Declares a view. Its component takes exactly the strings that its path names. */
export function route<P extends Record<string, string>>(
  it: Omit<Route, 'load'> & { load: () => Promise<Component<P>> },
): Route {
  return it as unknown as Route
}

export const routes: Route[] = Object.values(
  import.meta.glob<Route>('./views/*/route.ts', { eager: true, import: 'default' }),
)

export type NavigationItem = Route & NonNullable<Route['navigation']>

export const navigation: NavigationItem[] = routes
  .flatMap((it) => (it.navigation ? [{ ...it, ...it.navigation }] : []))
  .sort((a, b) => a.order - b.order)

/** Whether a path is that of a view in the navigation, or below it. */
export function isAt(item: NavigationItem, path: string): boolean {
  return path === item.path || path.startsWith(`${item.path}/`)
}

export function routeOf(path: string): { route: Route; values: Record<string, string> } | undefined {
  for (const it of routes) {
    const values = match(it.path, path)
    if (values) return { route: it, values }
  }
  return undefined
}

/** The link to a path; undefined if no view shows it. */
export function linkTo(path: string): string | undefined {
  return routeOf(path) && `#${path}`
}
