import { base, type Schema } from '../../api/client'

export type JobRequest = Schema<'JobRequest'>

/** A request's text as the page sends it. */
export function json(request: JobRequest): string {
  return JSON.stringify(request, null, 2)
}

/** The command that sends the same request. A key is read from the environment, so that it stays out of the history. */
export function curl(subject: string, request: JobRequest, withKey: boolean, cancelAfter = ''): string {
  return [
    `curl ${base}v1/subjects/${subject}/jobs`,
    ...(withKey ? ['  -H "Authorization: Bearer $LIKENESS_KEY"'] : []),
    "  -H 'Content-Type: application/json'",
    ...(cancelAfter ? [`  -H ${quoted(`Cancel-After: ${cancelAfter}`)}`] : []),
    `  -d ${quoted(json(request))}`,
  ].join(' \\\n')
}

/** As one word of a shell, whatever it has inside. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
