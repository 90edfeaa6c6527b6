import type { components } from './schema'

/** The document that the API sends with an error: RFC 9457. */
export type ProblemDocument = components['schemas']['Problem']

/** A failed call: what happened, why, and what to do, in the API's own words. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly document: ProblemDocument = {},
  ) {
    super(`${title}: ${detail}`)
  }

  /** Of an answer that is an error. A proxy's own answers have no problem document. */
  static of(status: number, body: unknown): Problem {
    const document: ProblemDocument = typeof body === 'object' && body !== null ? body : {}
    return new Problem(status, document.code ?? 'unknown', document.title ?? `HTTP ${status}`, document.detail ?? '', document)
  }

  /** Of anything that was thrown. Browsers throw a TypeError if the service cannot be reached. */
  static from(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown
    if (thrown instanceof TypeError) return new Problem(0, 'unreachable', '', '')
    return new Problem(0, 'unknown', '', thrown instanceof Error ? thrown.message : String(thrown))
  }

  /** Whether the same call can succeed later. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }

  /** What is wrong with a field, named as in a request: `spec.training.steps`. A list's elements count as the list. */
  field(name: string): string | undefined {
    return this.document.errors
      ?.filter(({ loc = [] }) => {
        const path = loc.filter((it) => it !== 'body').join('.')
        return path === name || path.startsWith(`${name}.`)
      })
      .map((it) => it.msg)
      .join(' ') || undefined
  }
}
