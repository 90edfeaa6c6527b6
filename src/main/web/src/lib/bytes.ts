import { i18n } from '../texts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']

/** A size in the unit that suits it: "1.2 GB". */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(value) / 3))
  const digits = power >= 3 ? 1 : 0
  return i18n.number(value / 1000 ** power, { style: 'unit', unit: UNITS[power], maximumFractionDigits: digits })
}
