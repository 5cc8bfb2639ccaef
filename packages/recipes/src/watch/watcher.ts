import {
  type Backend,
  checkByTable,
  checkRuntime,
  checkSom,
  type Issue,
  Issues,
  js,
  type Matrix,
  metricName,
  type Option,
  type Som,
  show,
} from '@som/core'
import type { Session } from '@som/core/backend'
import Result from 'true-myth/result'
import { Adaptation, type AdaptedState, LESSON } from './adapt.ts'
import { type Cause, type CauseGroups, causeGroups, causesOf } from './causes.ts'
import { type Change, type ConstantEvent, Constants } from './constants.ts'
import { Deriver, type History } from './deriver.ts'
import { Drift, type DriftEvent, type DriftState, driftRule } from './drift.ts'
import { LEVELS, levelOf, type Rates, ratesOf } from './levels.ts'
import { readingFeatures } from './reading-features.ts'
import { type Reference, referenceOf } from './reference.ts'
import { preprocessed } from './rows.ts'
import { type SensorEvent, type SensorState, Sensors } from './sensors.ts'

export interface WatchOptions {
  /** The share of normal rows that may be alarms: 0.01. */
  readonly alpha?: number
  /** The share of normal rows that may be notices or alarms: five times alpha, at most a half. */
  readonly notice?: number
  /** Keep learning from rows that are neither. */
  readonly adapt?: boolean
  /** `js()` by default. */
  readonly backend?: Backend
  /** The state of another watcher with the same map and options. */
  readonly state?: WatchState
}

/** Everything a watcher knows about the rows so far. Plain data of bounded size. */
export interface WatchState {
  readonly rows: number
  readonly history: History
  readonly sensors: SensorState
  readonly drift: DriftState
  readonly adapted?: AdaptedState
  /** For each constant column, whether it has changed. */
  readonly constants?: readonly boolean[]
}

export type WatchEvent = (DriftEvent | SensorEvent | ConstantEvent) & {
  /** The row that showed it, counted from the first of this call. */
  readonly at: number
}

/** The verdicts on some rows, one entry per row. */
export interface Verdicts {
  readonly rows: number
  readonly p: Float64Array
  readonly distance: Float32Array
  /** -1 for a row without a value in any feature. */
  readonly unit: Int32Array
  /** Places in `LEVELS`: by p, or by a changed constant where that says more. */
  readonly level: Uint8Array
  /** The features that caused a notice or an alarm, by row index. */
  readonly causes: ReadonlyMap<number, readonly Cause[]>
  /** The changed constant columns, by row index. */
  readonly changes: ReadonlyMap<number, readonly Change[]>
  readonly events: readonly WatchEvent[]
}

/** Judges the rows of a stream in order. */
export interface Watcher {
  /** The columns of a reading; `readingFeatures` describes each. */
  readonly columns: readonly string[]
  readonly rates: Rates
  /**
   * Judges `rows` readings of `columns`, row by row, with NaN for missing values. Calls need not wait for one another.
   * Rejects where there are not so many numbers.
   */
  watch(readings: Float64Array, rows: number): Promise<Verdicts>
  /** Its current state; no call may be in progress. */
  snapshot(): WatchState
  close(): void
}

const TABLE: Readonly<Record<keyof WatchOptions, Option>> = {
  alpha: { kind: 'object' },
  notice: { kind: 'object' },
  adapt: { kind: 'object' },
  backend: { kind: 'object' },
  state: { kind: 'object' },
}

/** A watcher for a map made by `learnNormal` or `calibrate`; otherwise every issue. */
export async function openWatcher(som: Som, options: WatchOptions = {}): Promise<Result<Watcher, readonly Issue[]>> {
  const unknown = new Issues()
  if (!checkSom(som, unknown)) return Result.err(unknown.list)
  const { calibration, seen } = som
  const rates = ratesOf(options?.alpha, options?.notice)
  checkByTable(options, TABLE, unknown)
  checkRuntime({ backend: options?.backend }, ['backend'], unknown, '')
  const issues: Issue[] = [...unknown.list, ...(Array.isArray(rates) ? rates : [])]
  if (options?.adapt !== undefined && typeof options.adapt !== 'boolean')
    issues.push({ path: 'adapt', message: `expected true or false, found ${show(options.adapt)}` })
  if (calibration === undefined || seen === null) {
    issues.push({
      path: 'som',
      message: 'expected a map calibrated on normal rows, found one without their distances',
    })
  }
  if (som.metric !== 'euclidean') {
    issues.push({ path: 'som', message: `expected a map with euclidean distance, found ${metricName(som.metric)}` })
  }
  if (Array.isArray(rates) || calibration === undefined || seen === null) return Result.err(issues)
  const reference = referenceOf(calibration, seen.hits, rates.alarm)
  if (reference.least > rates.alarm) {
    const needed = Math.ceil(1 / rates.alarm) - 1
    const message = `expected at least ${reference.least.toPrecision(3)}, the smallest p-value of ${calibration.distances.length} held-out rows, found ${rates.alarm}; hold out at least ${needed} rows`
    issues.push({ path: 'alpha', message })
  }
  if (issues.length > 0) return Result.err(issues)
  return Result.ok(new StreamWatcher({ ...som, calibration }, rates, reference, options))
}

type Judged = Verdicts & { readonly causes: Map<number, readonly Cause[]>; readonly events: WatchEvent[] }

type Calibrated = Som & { readonly calibration: NonNullable<Som['calibration']> }

class StreamWatcher implements Watcher {
  readonly columns: readonly string[]
  readonly rates: Rates
  private readonly reference: Reference
  private readonly backend: Backend
  private readonly deriver: Deriver
  private readonly groups: CauseGroups
  private readonly sensors: Sensors
  private readonly constants: Constants
  private readonly drift: Drift
  private readonly adaptation: Adaptation
  private readonly adapts: boolean
  private session: Session | undefined
  private rows: number
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    som: Calibrated,
    rates: Rates,
    reference: Reference,
    { backend = js(), adapt = false, state }: WatchOptions,
  ) {
    const { columns, derived, drift, runs, distances } = som.calibration
    this.columns = columns
    this.rates = rates
    this.reference = reference
    this.backend = backend
    this.deriver = new Deriver(columns.length, derived)
    if (state !== undefined) this.deriver.restore(state.history)
    this.groups = causeGroups(som.features)
    this.sensors = new Sensors(readingFeatures(som), runs, state?.sensors)
    this.constants = new Constants(columns, som.training.rows, som.calibration.constants, state?.constants)
    this.drift = new Drift(driftRule(distances.length, drift), state?.drift)
    this.adaptation = new Adaptation(som, state?.adapted)
    this.adapts = adapt
    this.rows = state?.rows ?? 0
  }

  watch(readings: Float64Array, rows: number): Promise<Verdicts> {
    if (!(readings instanceof Float64Array && readings.length === rows * this.columns.length)) {
      const found = readings instanceof Float64Array ? readings.length : show(readings)
      const wanted = `${rows} x ${this.columns.length} numbers in a Float64Array`
      return Promise.reject(new RangeError(`readings: expected ${wanted}, found ${found}`))
    }
    const first = this.rows
    this.rows += rows
    const events: WatchEvent[] = []
    const changes = new Map<number, readonly Change[]>()
    for (let i = 0; i < rows; i++) {
      const tell = (event: SensorEvent | ConstantEvent): void => void events.push({ ...event, at: i })
      const at = i * this.columns.length
      this.sensors.add(readings, at, tell)
      const changed = this.constants.add(readings, at, tell)
      if (changed.length > 0) changes.set(i, changed)
    }
    const values = this.deriver.features(readings, rows)
    const prepared = preprocessed(this.adaptation.som, values, rows)
    const judged = this.last.then(() => this.judge(values, prepared, first, { events, changes }))
    this.last = judged
    return judged
  }

  snapshot(): WatchState {
    return {
      rows: this.rows,
      history: this.deriver.history(),
      sensors: this.sensors.snapshot(),
      drift: this.drift.snapshot(),
      constants: this.constants.snapshot(),
      ...(this.adapts && { adapted: this.adaptation.snapshot() }),
    }
  }

  close(): void {
    this.session?.close()
    this.session = undefined
  }

  private async judge(
    values: Float64Array,
    prepared: Matrix,
    first: number,
    seen: Pick<Judged, 'events' | 'changes'>,
  ): Promise<Verdicts> {
    const { rows } = prepared
    const verdicts: Judged = {
      rows,
      p: new Float64Array(rows),
      distance: new Float32Array(rows),
      unit: new Int32Array(rows),
      level: new Uint8Array(rows),
      causes: new Map<number, readonly Cause[]>(),
      ...seen,
    }
    if (this.adapts) await this.learning(verdicts, values, prepared, first)
    else await this.part(verdicts, values, prepared, 0, rows, first)
    seen.events.sort((a, b) => a.at - b.at)
    return verdicts
  }

  /** Judges lesson by lesson: each is learnt before the rows after it are judged. */
  private async learning(into: Judged, values: Float64Array, prepared: Matrix, first: number): Promise<void> {
    const { rows } = prepared
    this.adaptation.begin()
    if ((first % LESSON) + rows >= LESSON) await this.reopen(this.adaptation.resident(prepared))
    for (let from = 0; from < rows; ) {
      const to = Math.min(rows, from + LESSON - ((first + from) % LESSON))
      const session = await this.part(into, values, prepared, from, to, first)
      if ((first + to) % LESSON === 0) await this.adaptation.lesson(session)
      from = to
    }
    this.adaptation.end(values)
  }

  private async reopen(rows: Matrix): Promise<Session> {
    this.close()
    const { lattice, metric, kernel, codebook } = this.adaptation.som
    this.session = await this.backend.open({ lattice, metric, kernel }, { matrix: rows }, codebook)
    return this.session
  }

  private async part(
    into: Judged,
    values: Float64Array,
    prepared: Matrix,
    from: number,
    to: number,
    first: number,
  ): Promise<Session> {
    const { som } = this.adaptation
    const width = prepared.columns
    const part = { rows: to - from, columns: width, data: prepared.data.subarray(from * width, to * width) }
    const session = this.session ?? (await this.reopen(part))
    const { unit, distance } = await session.match({ matrix: part }, { second: false })
    into.unit.set(unit, from)
    into.distance.set(distance, from)
    for (let i = from; i < to; i++) {
      const p = this.reference.p(into.unit[i], into.distance[i])
      into.p[i] = p
      into.level[i] = this.levelWith(into.changes.get(i), levelOf(p, this.rates))
      for (const event of this.drift.add(p, first + i)) into.events.push({ ...event, at: i })
      if (p <= this.rates.notice) into.causes.set(i, causesOf(som, this.groups, prepared, values, i, into.unit[i]))
      else if (this.adapts && LEVELS[into.level[i]] === 'normal') this.adaptation.take(i)
    }
    return session
  }

  /** The level of a row, raised by the constants that have changed in it. */
  private levelWith(changes: readonly Change[] | undefined, level: number): number {
    if (changes === undefined) return level
    const raised = changes.reduce((most, { p }) => Math.max(most, levelOf(p, this.rates)), 0)
    return raised > 0 && LEVELS[level] === 'unknown' ? raised : Math.max(level, raised)
  }
}
