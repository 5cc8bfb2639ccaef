import { type Issue, type Matches, plan, trainEpochs } from '@som/core'
import { readSamples, selectColumns } from '@som/io'
import Result from 'true-myth/result'
import { type Chosen, columnsOf, trainOptionsOf } from '../state/options.ts'
import { pageBackend } from './backend.ts'
import { need, opened } from './opened.ts'
import type { Frame, OnMap } from './worker-api.ts'

/** ms between two pictures of a map in training, on average: an epoch may take most of that. */
const FRAME_MS = 40

/** What training waits for before the next epoch, if it waits. */
interface Gate {
  readonly open: Promise<void>
  readonly go: () => void
}

let gate: Gate | null = null
let isWatched = true
/** Whether the page has drawn the last picture: a slow page gets fewer. */
let isDrawn = true
let running: AbortController | null = null

/** Decides what happens before the next epoch. */
export function control(what: 'go' | 'pause' | 'step' | 'cancel'): null {
  if (what === 'pause') gate ??= closed()
  else {
    if (what === 'cancel') running?.abort()
    const { go } = gate ?? {}
    gate = what === 'step' ? closed() : null
    go?.()
  }
  return null
}

/** Whether somebody sees the page: pictures of a map in training are for them. */
export function watch(isSeen: boolean): null {
  isWatched = isSeen
  return null
}

/** Hears from the page that it has drawn the last picture. */
export function drawn(): null {
  isDrawn = true
  return null
}

function closed(): Gate {
  let go = (): void => {}
  const open = new Promise<void>((resolve) => {
    go = resolve
  })
  return { open, go }
}

async function waitAtGate(): Promise<void> {
  if (gate !== null) await gate.open
}

/** Trains on the open table; the finished map and its rows, or what is wrong. */
export async function train(chosen: Chosen, show: (frame: Frame) => void): Promise<Result<OnMap, readonly Issue[]>> {
  const table = need(opened.table, 'expected a table first, found none; open one')
  const selection = selectColumns(table, columnsOf(table, chosen))
  if (selection.isErr) return Result.err(selection.error.issues)
  const samples = await readSamples(table, selection.value)
  if (samples.isErr) return Result.err(samples.error.issues)
  const planned = plan({ ...trainOptionsOf(chosen), samples: samples.value })
  if (planned.isErr) return Result.err(planned.error)
  const { backend } = await pageBackend()
  running?.abort()
  running = new AbortController()
  const { signal } = running
  gate = null
  let matches: Matches | null = null
  const epochs = trainEpochs(planned.value, {
    backend,
    signal,
    onMatches: (found) => {
      matches = found
    },
  })
  let due = 0
  isDrawn = true
  for (;;) {
    const next = await epochs.next()
    if (next.done) {
      const som = next.value
      if (som.training.unfinished) return Result.err([{ path: '', message: 'cancelled' }])
      opened.som = som
      opened.samples = samples.value
      const { unit, distance } = matches ?? { unit: new Int32Array(0), distance: new Float32Array(0) }
      return Result.ok({ som, ...spread(unit, distance, samples.value) })
    }
    const now = performance.now()
    if (isWatched && (gate !== null || (isDrawn && now >= due))) {
      due = Math.max(due + FRAME_MS, now)
      isDrawn = false
      const { record, epochs: all, snapshot } = next.value
      show({ record, epochs: all, som: await snapshot() })
    }
    await waitAtGate()
  }
}

/** Matches of the rows that took part, for all rows of the table: those without any value are on no unit. */
function spread(
  unit: Int32Array,
  distance: Float32Array,
  { rows, features, data }: { rows: number; features: readonly string[]; data: ArrayLike<number> },
): Omit<OnMap, 'som'> {
  if (unit.length === rows) return { unit, distance }
  const all = { unit: new Int32Array(rows).fill(-1), distance: new Float32Array(rows).fill(Number.NaN) }
  const width = features.length
  for (let row = 0, at = 0; row < rows && at < unit.length; row++) {
    let hasValue = false
    for (let f = 0; f < width && !hasValue; f++) hasValue = !Number.isNaN(data[row * width + f])
    if (!hasValue) continue
    all.unit[row] = unit[at]
    all.distance[row] = distance[at++]
  }
  return all
}
