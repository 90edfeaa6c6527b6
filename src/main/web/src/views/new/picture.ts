import type { Schema } from '../../api/client'
import { keepFile, pictureId } from '../../lib/files'
import { plain } from './captions.svelte'
import type { Box } from './crop'

/** A file as the page shows it. */
export interface Shown {
  readonly data: File
  /** The page's address of it. */
  readonly shown: string
}

/** A picture in the form, or what the service takes pictures from. */
export interface Picture {
  readonly id: string
  readonly name: string
  /** Undefined if the page was loaded after it was uploaded, or if the service fetches it. */
  readonly file: Shown | undefined
  /** Where the service fetches it; undefined once it has. */
  readonly url?: string | undefined
  /** A mask that was chosen here. */
  readonly mask?: (Shown & { readonly id: string }) | undefined
  /** Whether the mask that the service has of it is left out. */
  readonly unmasked?: boolean
  /** The part that trains; undefined for the whole picture. */
  readonly box?: Box | undefined
  /** Its position in the subject; undefined if it is no part of it. */
  readonly at: number | undefined
  /** Undefined as long as it has the plain one. */
  readonly caption: string | undefined
  /** Whether somebody has written the caption, so that a proposal must not replace it. */
  readonly written: boolean
}

/** Formats that the service reads. A phone converts its own to one of these. */
export const PICTURES = 'image/jpeg,image/png,image/webp'

/** The same, and archives of them. */
export const SOURCES = `${PICTURES},.zip`

export function shown(data: File): Shown {
  return { data, shown: URL.createObjectURL(data) }
}

/** A file that survives a reload. */
export function kept(data: File): Shown & { id: string } {
  const id = pictureId()
  void keepFile(id, data)
  return { id, ...shown(data) }
}

/** A picture that the service does not have yet, without a file. */
export function brought(name: string): Picture {
  return { id: pictureId(), name, file: undefined, at: undefined, caption: undefined, written: false }
}

/** Whether it is a ZIP archive, or the address of one, rather than one picture. */
export function isArchive({ name, url }: Picture): boolean {
  return /\.zip$/i.test(url?.replace(/[?#].*/, '') ?? name)
}

/** The pictures of a subject. */
export function picturesOf({ input_report, captions, class_word = '' }: Schema<'Subject'>): Picture[] {
  return (input_report?.pictures ?? []).map(({ file_name = '' }, at) => {
    const { text, origin } = captions?.[at] ?? {}
    return { ...brought(file_name), at, caption: text, written: origin === 'user' && text !== plain(class_word) }
  })
}
