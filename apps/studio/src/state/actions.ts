import { effect } from '@preact/signals'
import type { Clusters } from '@som/core'
import type { Where } from '../work/worker-api.ts'
import { ask, frames, WorkError } from '../work/worker-client.ts'
import { NONE } from './chosen-rows.ts'
import { filters, forgetFilters } from './filters.ts'
import { forget, type Kept, keep, lastKept } from './kept.ts'
import type { View } from './link.ts'
import { type Chosen, USUAL } from './options.ts'
import { say } from './say.ts'
import * as store from './store.ts'

/** Larger files do not fit into a page beside what is made of them. */
const MOST_BYTES = 2 ** 29

frames.show = (frame) => {
  store.live.value = frame
  // After the next picture of the screen, which has this frame.
  requestAnimationFrame(() => setTimeout(() => ask('drawn').catch(() => {})))
}

document.addEventListener('visibilitychange', () => {
  ask('watch', !document.hidden).catch(() => {})
})

/** Does something that may fail, and says what went wrong; what was there before stays. */
async function attempt(doing: store.Doing, work: () => Promise<void>): Promise<boolean> {
  store.message.value = null
  store.doing.value = doing
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof WorkError && error.message === 'cancelled')) say(error)
    return false
  } finally {
    store.live.value = null
    store.doing.value = { kind: 'nothing' }
  }
}

/** Clusters of more units are found only when somebody asks for them. */
const MOST_CLUSTERED = 100_000

/** A map file or a table, by its name. */
export const isMap = (name: string): boolean => /\.som$/i.test(name)

/** Opens a file that somebody chose or dropped: a map, a table, or with a map new rows for it. */
export async function openFile(file: File): Promise<void> {
  if (file.size > MOST_BYTES) {
    const found = `${(file.size / 2 ** 20).toFixed(0)} MiB`
    store.message.value = {
      kind: 'error',
      text: `${file.name}: expected a file of at most ${MOST_BYTES / 2 ** 20} MiB, found ${found}; train it with som train and open the map here, or choose a part of its rows`,
    }
    return
  }
  const reading = { kind: 'reading', what: file.name, share: 0 } as const
  let bytes = new Uint8Array(0)
  const isRead = await attempt(reading, async () => {
    bytes = new Uint8Array(await file.arrayBuffer())
  })
  if (!isRead) return
  if (isMap(file.name)) await openMap(file.name, bytes)
  else await openTable({ name: file.name, bytes, key: null, path: file.name })
}

export async function openTable(source: store.Source): Promise<boolean> {
  return attempt({ kind: 'working', what: `reading ${source.name}` }, async () => {
    // A copy: the worker's is its own.
    const table = await ask('open', source.name, source.bytes)
    forgetFindings()
    store.source.value = source
    store.table.value = table
    const { value: wanted } = store.awaited
    store.awaited.value = null
    const columns = table.columns.filter(({ leftOut }) => leftOut === null).map(({ name }) => name)
    store.chosen.value = { ...USUAL, columns, label: null }
    if (wanted !== null) queueMicrotask(() => showView(wanted))
    else if (columns.length === 0)
      store.message.value = {
        kind: 'note',
        text: table.columns.every(({ kind }) => kind === 'empty')
          ? 'No column has a value: there is nothing to learn from.'
          : 'No column is a feature on its own. Tick columns of text or dates to use them.',
      }
  })
}

export async function openMap(name: string, bytes: Uint8Array, clusters: Clusters | null = null): Promise<boolean> {
  return attempt({ kind: 'working', what: `reading ${name}` }, async () => {
    const som = await ask('openMap', name, bytes)
    const rows = store.table.value === null ? NO_ROWS : await ask('match').catch((error) => sayAndGoOn(error))
    addRun({ som, bytes, ...rows, clusters: clusters ?? som.clusters ?? null, chosen: null })
  })
}

const NO_ROWS = { unit: new Int32Array(0), distance: new Float32Array(0) }

/** A map can be looked at without rows: the reason why they do not fit is shown. */
function sayAndGoOn(error: unknown): typeof NO_ROWS {
  say(error)
  return NO_ROWS
}

export async function train(): Promise<void> {
  const { value: chosen } = store.chosen
  if (chosen === null) return
  await attempt({ kind: 'training', isPaused: false }, async () => {
    const onMap = await ask('train', chosen)
    const bytes = await ask('exportMap', null)
    store.places.value = null
    addRun({ ...onMap, bytes, clusters: null, chosen })
  })
  const { value: run } = store.run
  if (run?.chosen !== chosen || run.clusters !== null) return
  if (run.som.codebook.rows <= MOST_CLUSTERED) await cluster(null)
  else store.message.value = { kind: 'note', text: 'Clusters of so many units take minutes: press Find clusters.' }
}

/** Trains the map of a link again on the table that is open, and shows it as it was. */
async function showView({ table: { name, rows }, chosen, clusters, filters: wanted, layer }: View): Promise<void> {
  const { value: table } = store.table
  const names = new Set(table?.columns.map((column) => column.name))
  const lacking = chosen.columns.filter((column) => !names.has(column))
  if (table === null || lacking.length > 0) {
    const text = `this is not the ${name} of the link: it lacks ${lacking.slice(0, 5).join(', ')}`
    store.message.value = { kind: 'error', text }
    return
  }
  store.chosen.value = { ...USUAL, ...chosen }
  await train()
  if (store.run.value === null) return
  if (clusters !== null && clusters.of.length === store.run.value.som.codebook.rows) store.changeRun({ clusters })
  store.layerKey.value = layer
  filters.value = { ...NONE, ...wanted }
  if (table.rows !== rows)
    store.message.value = {
      kind: 'note',
      text: `The link was made with a table of ${rows} rows, and this one has ${table.rows}: the map is another.`,
    }
}

/** Lets the worker compute elsewhere. */
export async function computeOn(where: Where): Promise<void> {
  await attempt({ kind: 'working', what: 'opening what computes' }, async () => {
    store.computing.value = { where, ...(await ask('computeOn', where)) }
  })
}

export async function control(what: 'go' | 'pause' | 'step' | 'cancel'): Promise<void> {
  await ask('control', what)
  if (store.doing.value.kind === 'training')
    store.doing.value = { kind: 'training', isPaused: what === 'pause' || what === 'step' }
}

function addRun(run: store.Run): void {
  forgetUnits()
  store.runs.value = [...store.runs.value, run]
  store.runAt.value = store.runs.value.length - 1
}

/** Shows an earlier map again, and works on it. */
export async function showRun(at: number): Promise<void> {
  const run = store.runs.value[at]
  if (run === undefined || at === store.runAt.value) return
  await attempt({ kind: 'working', what: 'going back to an earlier map' }, async () => {
    await ask('openMap', 'earlier.som', run.bytes)
    forgetUnits()
    store.places.value = null
    store.runAt.value = at
  })
}

/** Units of another map are none of this one's. */
function forgetUnits(): void {
  store.compared.value = null
  store.newRows.value = null
  store.measured.value = null
  if (filters.value.units !== null) filters.value = { ...filters.value, units: null }
}

export async function cluster(count: number | null): Promise<void> {
  await attempt({ kind: 'working', what: 'finding clusters' }, async () => {
    store.changeRun({ clusters: await ask('cluster', count) })
  })
}

export async function place(): Promise<void> {
  await attempt({ kind: 'working', what: 'placing rows' }, async () => {
    store.places.value = await ask('place')
  })
}

export async function measure(): Promise<void> {
  await attempt({ kind: 'working', what: 'measuring the map' }, async () => {
    store.measured.value = await ask('measure')
  })
}

export async function compare(at: number): Promise<void> {
  const other = store.runs.value[at]
  if (other === undefined) return
  await attempt({ kind: 'working', what: `comparing with run ${at + 1}` }, async () => {
    store.compared.value = { ...(await ask('compare', other.bytes)), at }
  })
}

export async function openNewRows(file: File): Promise<void> {
  await attempt({ kind: 'working', what: `matching ${file.name}` }, async () => {
    store.newRows.value = await ask('matchNew', file.name, new Uint8Array(await file.arrayBuffer()))
  })
}

/** Forgets what was found in a table: choices, maps, new rows and places. */
function forgetFindings(): void {
  forgetFilters()
  store.runs.value = []
  store.newRows.value = null
  store.places.value = null
  store.measured.value = null
  store.compared.value = null
}

/** Forgets the session, for a new start. */
export async function startAgain(): Promise<void> {
  forgetFindings()
  store.table.value = null
  store.source.value = null
  store.message.value = null
  await forget().catch(() => {})
}

/** Opens what the last visit left, or what `wanted` says if that is another table. */
export async function restore(kept: Kept): Promise<void> {
  if (!(await openTable(kept.source))) return
  if (kept.chosen) store.chosen.value = kept.chosen
  if (kept.map === null) return
  const { bytes, clusters, chosen } = kept.map
  if (!(await openMap('last.som', bytes, clusters))) return
  store.changeRun({ chosen: chosen as Chosen | null })
  filters.value = { ...NONE, ...kept.filters }
}

export { lastKept }

/** Keeps the session whenever it changes. */
export function keepAlways(): void {
  let timer = 0
  effect(() => {
    const [source, chosen, run, chosenRows] = [store.source.value, store.chosen.value, store.run.value, filters.value]
    if (source === null) return
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const map = run && { bytes: run.bytes, clusters: run.clusters, chosen: run.chosen }
      keep({ source, chosen, map, filters: chosenRows }).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error)
        store.message.value = {
          kind: 'note',
          text: `This browser cannot keep the session for a reload (${why}). Save the map as a file before you leave.`,
        }
      })
    }, 400)
  })
}
