import type { Clusters } from '@som/core'
import type { Filters } from './chosen-rows.ts'
import type { Chosen } from './options.ts'
import type { Source } from './store.ts'

/** What survives a reload. */
export interface Kept {
  readonly source: Source
  readonly chosen: Chosen | null
  readonly map: {
    readonly bytes: Uint8Array
    readonly clusters: Clusters | null
    readonly chosen: Chosen | null
  } | null
  readonly filters: Filters
}

const NAME = 'som-studio'
const STORE = 'sessions'
const KEY = 'last'

/** Keeps the session in this browser; rejects where its storage is full or switched off. */
export const keep = (kept: Kept): Promise<unknown> => inStore('readwrite', (store) => store.put(kept, KEY))

/** The session of the last visit; null where there is none, or no storage. */
export async function lastKept(): Promise<Kept | null> {
  try {
    return ((await inStore('readonly', (store) => store.get(KEY))) as Kept | undefined) ?? null
  } catch {
    return null
  }
}

export const forget = (): Promise<unknown> => inStore('readwrite', (store) => store.delete(KEY))

async function inStore(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(NAME, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
  const database = await settled(opening)
  try {
    const transaction = database.transaction(STORE, mode)
    const found = await settled(work(transaction.objectStore(STORE)))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    return found
  } finally {
    database.close()
  }
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
