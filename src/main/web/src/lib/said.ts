import { Problem } from '../api/problem'
import { i18n } from '../texts'

/** What a failure says in a sentence, and in which language: the service speaks English. */
export function said(thrown: unknown): { text: string; lang: 'en' | undefined } {
  const { document, detail, title, code } = Problem.from(thrown)
  const t = i18n.texts.problem
  return {
    text: detail || title || (code === 'unreachable' ? t.unreachableHint : t.unknownHint),
    lang: document.detail || document.title ? 'en' : undefined,
  }
}
