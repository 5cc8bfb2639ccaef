import { signal } from '@preact/signals'
import { openMap } from './actions.ts'
import { say } from './say.ts'
import { message } from './store.ts'

/** What the server that gave this page serves; null where the page is plain files or of `som studio`. */
const told = document.querySelector<HTMLMetaElement>('meta[name=som-server]')?.content.split(' ') ?? null
export const isOfServer = told !== null
const hasModel = told?.includes('model') ?? false
export const hasRegistry = told?.includes('maps') ?? false

/** A map that the server keeps. */
export interface ServedMap {
  readonly name: string
  /** Null for the one that is served on its own. */
  readonly version: number | null
  readonly aliases: readonly string[]
}

/** The key that the reader gave. It is kept in no storage: a reload asks again. */
const key = signal('')
export const servedMaps = signal<readonly ServedMap[] | null>(null)
/** Whether the server asked for a key, and what it said to the last one. */
export const keyAsked = signal<{ readonly why: string } | null>(null)

class Refused extends Error {
  readonly status: number
  constructor(status: number, detail: string) {
    super(`the server answered ${status}: ${detail}`)
    this.status = status
  }
}

/** Asks the server by one of its routes, which are beside the folder of the page. */
async function asked(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, ...(key.value !== '' && { authorization: `Bearer ${key.value}` }) }
  const answer = await fetch(new URL(`../${path}`, location.href), { ...init, headers })
  if (answer.ok) return answer
  const { detail, issues = [] }: { detail?: string; issues?: readonly { message: string }[] } = await answer
    .json()
    .catch(() => ({}))
  throw new Refused(answer.status, [detail ?? 'no reason given', ...issues.map((each) => each.message)].join('; '))
}

/** Lists the maps that the reader's key may look at. */
export async function listMaps(given = key.value): Promise<void> {
  key.value = given
  try {
    const served: ServedMap[] = hasModel ? [{ name: 'the map of this server', version: null, aliases: [] }] : []
    if (hasModel && !hasRegistry) await asked('v1/map')
    servedMaps.value = [...served, ...(hasRegistry ? await registered() : [])]
    keyAsked.value = null
  } catch (error) {
    servedMaps.value = null
    if (!(error instanceof Refused && (error.status === 401 || error.status === 403))) throw error
    keyAsked.value = {
      why: given === '' ? '' : error.status === 401 ? 'This server does not know that key.' : error.message,
    }
  }
}

async function registered(): Promise<ServedMap[]> {
  const { maps }: { maps: readonly { name: string; latest: number; aliases: Record<string, number> }[] } = await (
    await asked('v1/maps?limit=200')
  ).json()
  return maps.flatMap(({ name, latest, aliases }) => {
    const versions = [...new Set([latest, ...Object.values(aliases)])].sort((a, b) => b - a)
    return versions.map((version) => ({
      ...{ name, version },
      aliases: Object.keys(aliases).filter((alias) => aliases[alias] === version),
    }))
  })
}

/** Opens a map of the server; the rows of the table that is open are matched with it. */
export async function openServed({ name, version }: ServedMap): Promise<void> {
  try {
    const path = version === null ? 'v1/model' : `v1/maps/${encodeURIComponent(name)}/versions/${version}/model`
    const bytes = new Uint8Array(await (await asked(path)).arrayBuffer())
    await openMap(version === null ? 'model.som' : `${name}-${version}.som`, bytes)
  } catch (error) {
    say(error)
  }
}

/** Keeps a map on the server as the next version of that name; the rows stay here. */
export async function keepOnServer(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    const answer = await asked(`v1/maps/${encodeURIComponent(name)}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    })
    const { version }: { version: number } = await answer.json()
    message.value = { kind: 'note', text: `The server keeps it as ${name}, version ${version}.` }
    await listMaps()
  } catch (error) {
    say(error)
  }
}
