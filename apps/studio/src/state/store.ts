import { computed, effect, signal } from '@preact/signals'
import { type Clusters, type Comparison, clustersOfRows, type Som } from '@som/core'
import type { TableData } from '../table/table-data.ts'
import type { Frame, Measured, NewRows, Where } from '../work/worker-api.ts'
import type { View } from './link.ts'
import type { Chosen } from './options.ts'

/** A trained or opened map with the rows of the table on it. */
export interface Run {
  readonly som: Som
  /** The map file, as the worker wrote it. */
  readonly bytes: Uint8Array
  readonly unit: Int32Array
  readonly distance: Float32Array
  readonly clusters: Clusters | null
  /** What it was trained with; null for a map that was opened. */
  readonly chosen: Chosen | null
}

/** What the page is doing. */
export type Doing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reading'; readonly what: string; readonly share: number }
  | { readonly kind: 'training'; readonly isPaused: boolean }
  | { readonly kind: 'working'; readonly what: string }

/** The file of the table, as it came. */
export interface Source {
  readonly name: string
  readonly bytes: Uint8Array
  /** Says whether a table from a server is the one of the last visit. */
  readonly key: string | null
  /** How a command names it. */
  readonly path: string
  /** Whether it came with the page. */
  readonly isExample?: boolean
}

export const source = signal<Source | null>(null)
export const table = signal<TableData | null>(null)
export const chosen = signal<Chosen | null>(null)
export const doing = signal<Doing>({ kind: 'nothing' })
/** Where maps are trained, and why not where somebody asked for. */
export const computing = signal<{ readonly where: Where; readonly why: string | null }>({ where: 'wasm', why: null })
/** The map in training. */
export const live = signal<Frame | null>(null)
/** The view of a link that waits for its table. */
export const awaited = signal<View | null>(null)
/** What the large map shows. */
export const layerKey = signal('u-matrix')
export const runs = signal<readonly Run[]>([])
export const runAt = signal(0)
export const newRows = signal<NewRows | null>(null)
/** What went wrong, or what somebody should know; one line each. */
export const message = signal<{ readonly kind: 'error' | 'note'; readonly text: string } | null>(null)
/** The unit that is pointed at in any view. */
export const hovered = signal<number | null>(null)
/** Places of rows in a plane, x and y of each, once somebody asked for them. */
export const places = signal<Float32Array | null>(null)

/** How good the map that is shown is, once somebody asked. */
export const measured = signal<Measured | null>(null)

/** The map that is shown beside that of another run. */
export const compared = signal<(Comparison & { readonly at: number }) | null>(null)

export const run = computed<Run | null>(() => runs.value[runAt.value] ?? null)
/** The cluster of each row, -1 for none; null without clusters. */
export const clusterOfRows = computed<Int32Array | null>(() => {
  const { value: current } = run
  return current === null || current.clusters === null ? null : clustersOfRows(current.clusters, current)
})
/** The map to show: the one in training, else the trained one. */
export const shownSom = computed<Som | null>(() => live.value?.som ?? run.value?.som ?? null)

/** Changes the run that is shown. */
export function changeRun(change: Partial<Run>): void {
  runs.value = runs.value.map((each, i) => (i === runAt.value ? { ...each, ...change } : each))
}

/** ms between two pictures of a map in training in views that take long to draw. */
const CALM_MS = 400

/** As `shownSom`, but seldom while a map is in training. */
export const calmSom = signal<Som | null>(null)
let drawn = 0

effect(() => {
  const { value: som } = shownSom
  const now = performance.now()
  if (live.value !== null && now - drawn < CALM_MS) return
  drawn = now
  calmSom.value = som
})
