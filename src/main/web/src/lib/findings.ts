import type { Schema } from '../api/client'
import { i18n } from '../texts'
import { words } from './words'

/** A finding in a word or two. The API may add kinds, which are then named by their code. */
export function findingLabel({ code = '' }: Schema<'Finding'>): string {
  const known: Record<string, string> = i18n.texts.new.finding
  return known[code] ?? words(code)
}
