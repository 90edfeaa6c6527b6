import { authorizedFetch, local } from '../api/client'
import { Problem } from '../api/problem'

/** Saves a file of the API that has no signed link, so that the browser alone could not load it. */
export async function download(url: string, name: string): Promise<void> {
  const response = await authorizedFetch(local(url))
  if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => undefined))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
