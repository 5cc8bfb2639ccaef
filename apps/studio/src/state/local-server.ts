import { readStream } from './read-stream.ts'
import type { Source } from './store.ts'
import { doing } from './store.ts'

/** What `som studio` was started with. */
export interface LocalSession {
  readonly table: { readonly name: string; readonly path: string; readonly bytes: number; readonly key: string } | null
  readonly map: { readonly name: string } | null
}

const token = new URLSearchParams(location.hash.slice(1)).get('token')

/** Asks the server that the address names a token for; null where the page is served as plain files. */
export async function localSession(): Promise<LocalSession | null> {
  if (token === null) return null
  const answer = await fetch('./api/session', { headers: { 'x-som-token': token } })
  if (!answer.ok) throw new Error(await said(answer))
  return answer.json()
}

export async function localTable({ name, path, bytes, key }: NonNullable<LocalSession['table']>): Promise<Source> {
  return { name, path, key, bytes: await localFile('table', name, bytes) }
}

/** A file of the server, with its share shown as it comes. */
export async function localFile(which: 'table' | 'map', name: string, size: number | null): Promise<Uint8Array> {
  const answer = await fetch(`./api/${which}`, { headers: { 'x-som-token': token ?? '' } })
  if (!answer.ok || answer.body === null) throw new Error(await said(answer))
  return readStream(answer.body, (had) => {
    doing.value = { kind: 'reading', what: name, share: size ? had / size : 0 }
  })
}

const said = async (answer: Response): Promise<string> =>
  `the server answered ${answer.status}: ${(await answer.text()).slice(0, 200)}; start som studio again and open the address that it prints`
