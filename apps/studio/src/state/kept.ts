import type { Clusters } from '@som/core'
import { type Filters, NONE } from './chosen-rows.ts'
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
const KEY = 'session'
const TABLE = 'table'

type Rest = Omit<Kept, 'source'>

/** The table that is kept, so that a large one is written once and not with each choice. */
let keptSource: Source | null = null

/** Keeps the session in this browser; rejects where its storage is full or switched off. */
export async function keep({ source, ...rest }: Kept): Promise<void> {
  if (source !== keptSource) {
    // What belongs to another table must not be found beside this one.
    await inStore('readwrite', (store) => store.delete(KEY))
    await inStore('readwrite', (store) => store.put(source, TABLE))
    keptSource = source
  }
  await inStore('readwrite', (store) => store.put(rest, KEY))
}

/** The session of the last visit; null where there is none, or no storage. */
export async function lastKept(): Promise<Kept | null> {
  try {
    const source = (await inStore('readonly', (store) => store.get(TABLE))) as Source | undefined
    const rest = (await inStore('readonly', (store) => store.get(KEY))) as Rest | undefined
    if (source === undefined) return null
    keptSource = source
    return { source, chosen: null, map: null, filters: NONE, ...rest }
  } catch {
    return null
  }
}

export async function forget(): Promise<void> {
  keptSource = null
  await inStore('readwrite', (store) => store.clear())
}

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
