/** The name of the browser's database and of its one table: files by the ids of their pictures. */
const NAME = 'likeness'

/** How long a file stays that its page has forgotten, as when its tab was closed, in ms. */
const LEFT = 24 * 60 * 60 * 1000

let opened: Promise<IDBDatabase> | undefined

/** An id of a picture. Ids are ordered by time. */
export function pictureId(): string {
  return `${Date.now()}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`
}

/** Keeps a picture's file until it is dropped, so that a reload does not lose it: the session's storage cannot hold files. */
export async function keepFile(id: string, file: File): Promise<void> {
  await use((files) => files.put(file, id))
}

/** The file of a picture; undefined if there is none. */
export function keptFile(id: string): Promise<File | undefined> {
  return use((files) => files.get(id) as IDBRequest<File | undefined>)
}

export async function dropFile(id: string): Promise<void> {
  await use((files) => files.delete(id))
}

/** A browser without a database, as in some private windows, keeps no files. */
async function use<T>(action: (files: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    opened ??= open()
    return await done(action(table(await opened)))
  } catch {
    return undefined
  }
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME)
  request.onupgradeneeded = () => request.result.createObjectStore(NAME)
  const database = await done(request)
  table(database).delete(IDBKeyRange.upperBound(String(Date.now() - LEFT)))
  return database
}

function table(database: IDBDatabase): IDBObjectStore {
  return database.transaction(NAME, 'readwrite').objectStore(NAME)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error(NAME))
  })
}
