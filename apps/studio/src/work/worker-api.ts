import type { Clusters, Comparison, Diagnosis, Drift, EpochRecord, Issue, Measure, Quality, Som } from '@som/core'
import type { Cause } from '@som/recipes'
import type { Chosen } from '../state/options.ts'
import type { TableData } from '../table/table-data.ts'

/** A map, and what the rows of the table are on it. */
export interface OnMap {
  readonly som: Som
  /** The unit of each row; -1 for a row without a value. */
  readonly unit: Int32Array
  readonly distance: Float32Array
}

/** How good a map is on its rows. */
export interface Measured {
  readonly measures: readonly Measure[]
  readonly diagnoses: readonly Diagnosis[]
  readonly units: Quality['units']
}

/** New rows on a trained map. */
export interface NewRows extends Omit<OnMap, 'som'> {
  readonly table: TableData
  /** The share of training rows that lie at least as far from their units. */
  readonly pValue: Float64Array
  /** How all of them differ from the rows of the open table; null without one. */
  readonly drift: Drift | null
  /** The features of the map, those that have moved farthest first. */
  readonly moved: readonly MovedFeature[]
  /** The rows farthest from the map, and what makes each so. */
  readonly far: readonly { readonly row: number; readonly causes: readonly Cause[] }[]
}

/** A feature in the rows of the open table and in others. */
export interface MovedFeature {
  readonly name: string
  readonly before: number
  readonly after: number
  /** The difference of both means, in standard deviations of the rows before. */
  readonly deviations: number
}

/** Where arithmetic can run in a page. */
export type Where = 'wasm' | 'gpu' | 'js'

/** What the worker does when it is asked; each answer is the value or every issue. */
export interface WorkerApi {
  open(name: string, bytes: Uint8Array): TableData
  train(chosen: Chosen): OnMap
  /** Lets arithmetic run elsewhere; why not, where it cannot. */
  computeOn(which: Where): { readonly why: string | null }
  /** Before the next epoch: continues, waits, does one epoch and waits, or ends. */
  control(what: 'go' | 'pause' | 'step' | 'cancel'): null
  /** Whether the page is seen. */
  watch(isSeen: boolean): null
  /** The last picture of a map in training has been drawn. */
  drawn(): null
  openMap(name: string, bytes: Uint8Array): Som
  /** The rows of the open table on the open map. */
  match(): Omit<OnMap, 'som'>
  matchNew(name: string, bytes: Uint8Array): NewRows
  cluster(count: number | null): Clusters
  place(): Float32Array
  measure(): Measured
  /** The open map beside another, which is given as its file. */
  compare(bytes: Uint8Array): Comparison
  exportMap(clusters: Clusters | null): Uint8Array<ArrayBuffer>
}

/** What happens while it trains. */
export interface Frame {
  readonly record: EpochRecord
  readonly epochs: number
  readonly som: Som
}

export interface Request {
  readonly id: number
  readonly name: keyof WorkerApi
  readonly args: readonly unknown[]
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly issues: readonly Issue[] }
  | { readonly frame: Frame }
