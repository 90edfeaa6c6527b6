import { en, type Texts } from './en'

const KEPT = 'likeness.language'

/** Each language's own name, and its texts. A translation is one more file and one more line here. */
const LANGUAGES = {
  en: { name: 'English', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', load: () => import('./de').then((it): Texts => it.de) },
}
export type Language = keyof typeof LANGUAGES

/** The language of texts, numbers and times. */
class I18n {
  language = $state<Language>('en')
  texts = $state.raw<Texts>(en)
  readonly languages = Object.entries(LANGUAGES).map(([id, { name }]) => ({ value: id as Language, label: name }))

  /** The language that was chosen here before, or the first that the browser asks for and that there is. */
  async start(): Promise<void> {
    const wanted = [localStorage.getItem(KEPT), ...navigator.languages].map((it) => it?.split('-')[0])
    await this.show(wanted.find((it): it is Language => it !== undefined && it in LANGUAGES) ?? 'en')
  }

  async choose(language: Language): Promise<void> {
    localStorage.setItem(KEPT, language)
    await this.show(language)
  }

  private async show(language: Language): Promise<void> {
    this.texts = await LANGUAGES[language].load()
    this.language = language
    document.documentElement.lang = language
  }

  number(value: number, options: Intl.NumberFormatOptions = {}): string {
    return new Intl.NumberFormat(this.language, options).format(value)
  }

  /** A time of the API, to the minute. */
  time(iso: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
  }

  /** The time of day of a moment (ms since 1970), to the second. */
  clock(at: number): string {
    return new Intl.DateTimeFormat(this.language, { timeStyle: 'medium' }).format(at)
  }

  /** How long ago: "3 hours ago". */
  ago(iso: string, now = Date.now()): string {
    const seconds = Math.round((new Date(iso).getTime() - now) / 1000)
    const units = [['day', 86_400], ['hour', 3_600], ['minute', 60]] as const
    const format = new Intl.RelativeTimeFormat(this.language, { numeric: 'auto' })
    for (const [unit, length] of units) {
      if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
    }
    return format.format(0, 'second')
  }

  /** A duration, rounded to its two largest units: "1 hr 5 min". */
  duration(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds))
    const parts = [['hour', Math.floor(whole / 3600)], ['minute', Math.floor((whole % 3600) / 60)], ['second', whole % 60]] as const
    const first = parts.findIndex(([, value]) => value > 0)
    return parts
      .slice(first < 0 ? 2 : first, (first < 0 ? 2 : first) + 2)
      .filter(([, value], i) => i === 0 || value > 0)
      .map(([unit, value]) => this.number(value, { style: 'unit', unit, unitDisplay: 'short' }))
      .join(' ')
  }
}

export const i18n = new I18n()
