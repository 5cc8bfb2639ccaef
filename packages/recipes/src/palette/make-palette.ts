import { type Backend, checkRuntime, type Issue, Issues, js, type Matrix, rowOf, show, train } from '@som/core'
import type { Task } from '@som/core/backend'
import Result from 'true-myth/result'
import { areOpaque, colourAt, isClear, isOpaque, type PackedColour, pointsOf } from './colour/packed-colour.ts'
import { keepEnds } from './fit/keep-ends.ts'
import { matchEnds } from './fit/match-ends.ts'
import { matchTo } from './fit/match-to.ts'
import { settle } from './fit/settle.ts'
import { thin, type WeightedPoints } from './fit/weighted-points.ts'
import type { Histogram } from './image/histogram.ts'
import { type Palette, paletteOf } from './palette.ts'
import { type CheckedOptions, checkPaletteOptions, type PaletteOptions } from './palette-options.ts'

/** Where the arithmetic runs. Nothing here changes the result. */
export interface PaletteRuntime {
  /** `js()` by default. */
  readonly backend?: Backend
  /** When it aborts, the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** Samples for unfolding the map: it only has to find the order and approximate positions. */
const MOST_UNFOLDING = 4096
/** Samples for the final prototypes. */
const MOST_SETTLING = 16_384
const EPOCHS = 10

/**
 * A palette for all pixels of a histogram: a map of one row, or a grid, trained over the colours in OKLab, each
 * weighted by its pixels, then settled by k-means. If there are no more colours than requested, a row has just those.
 * Colours are in map order; duplicates and colours nearest to no pixel are left out of a row.
 */
export async function makePalette(
  histogram: Histogram,
  options: PaletteOptions = {},
  runtime: PaletteRuntime = {},
): Promise<Result<Palette, readonly Issue[]>> {
  const checked = checkPaletteOptions(options)
  const issues = new Issues()
  checkRuntime(runtime, ['backend', 'signal'], issues)
  if (Array.isArray(checked)) return Result.err([...checked, ...issues.list])
  if (issues.list.length > 0) return Result.err(issues.list)
  if (!(histogram?.colours instanceof Uint32Array && histogram.counts instanceof Float64Array))
    return Result.err([{ path: 'histogram', message: `expected what countColours gives, found ${show(histogram)}` }])
  if (histogram.colours.length === 0)
    return Result.err([
      { path: 'histogram', message: 'expected at least 1 colour, found 0; count the colours of an image' },
    ])
  // A map needs two samples.
  if (histogram.colours.length === 1) return Result.ok(ofOneColour(histogram.colours[0], checked))
  const backend = runtime.backend ?? js()
  const opaque = areOpaque(histogram.colours)
  const exact = !checked.isGrid && histogram.colours.length <= checked.columns
  const shape = exact ? { ...checked, columns: histogram.colours.length } : checked
  const points = pointsOf(histogram.colours, opaque)
  const samples = thin({ points, weights: Float32Array.from(histogram.counts) }, MOST_SETTLING)
  const unfolded = await unfold(samples, shape, { ...runtime, backend })
  if (unfolded.isErr) return Result.err(unfolded.error)
  const { task, codebook } = unfolded.value
  if (exact) return Result.ok(await inOrder(histogram, points, backend, task, codebook))

  const settled = await settle(codebook, samples, {
    task,
    backend,
    signal: runtime.signal,
    reallocating: !shape.isGrid,
  })
  const colours = opaque
    ? Uint32Array.from({ length: settled.rows }, (_, unit) => colourAt(rowOf(settled, unit)))
    : keepEnds(settled, samples, await matchTo(settled, samples.points, backend), histogram.colours)
  const shares = await sharesOf(colours, backend, samples)
  if (shape.isGrid) return Result.ok(paletteOf(colours, shares, shape.rows))
  // The lower of two equal colours wins every pixel.
  const firstClear = colours.findIndex(isClear)
  const firstOpaque = opaque ? -1 : colours.findIndex(isOpaque)
  const used = Array.from(colours.keys()).filter((i) => shares[i] > 0 || i === firstClear || i === firstOpaque)
  return Result.ok(
    paletteOf(
      Uint32Array.from(used, (i) => colours[i]),
      Float64Array.from(used, (i) => shares[i]),
    ),
  )
}

function ofOneColour(colour: PackedColour, { isGrid, rows, columns }: CheckedOptions): Palette {
  const size = isGrid ? rows * columns : 1
  const shares = new Float64Array(size)
  shares[0] = 1
  return paletteOf(new Uint32Array(size).fill(colour), shares, isGrid ? rows : 1)
}

async function unfold(
  samples: WeightedPoints,
  { rows, columns, seed }: CheckedOptions,
  { backend, signal }: PaletteRuntime,
): Promise<Result<{ task: Task; codebook: Matrix }, readonly Issue[]>> {
  const { points, weights } = thin(samples, MOST_UNFOLDING)
  const features = ['lightness', 'a', 'b', 'alpha'].slice(0, points.columns)
  const lattice = { cell: 'rectangular', shape: 'sheet', rows, columns } as const
  const start = Math.max(1, Math.max(rows, columns) / 8)
  const som = await train(
    {
      samples: { features, rows: points.rows, data: points.data, weights },
      lattice,
      // Distances in OKLab are meaningful without scaling.
      preprocessing: 'none',
      epochs: EPOCHS,
      radius: { start, end: 0.5 },
      seed,
    },
    { backend, signal },
  )
  signal?.throwIfAborted()
  return som.map(({ lattice, metric, kernel, codebook }) => ({ task: { lattice, metric, kernel }, codebook }))
}

/** The colours of a histogram themselves, in the order of their units; from dark to light within a unit. */
async function inOrder(
  histogram: Histogram,
  points: Matrix,
  backend: Backend,
  task: Task,
  codebook: Matrix,
): Promise<Palette> {
  const { unit } = await matchTo(codebook, points, backend, task)
  const order = Array.from(unit.keys()).sort(
    (a, b) => unit[a] - unit[b] || points.data[a * points.columns] - points.data[b * points.columns] || a - b,
  )
  const total = histogram.counts.reduce((sum, count) => sum + count, 0)
  return paletteOf(
    Uint32Array.from(order, (i) => histogram.colours[i]),
    Float64Array.from(order, (i) => histogram.counts[i] / total),
  )
}

async function sharesOf(colours: Uint32Array, backend: Backend, samples: WeightedPoints): Promise<Float64Array> {
  const unit = await matchEnds(colours, samples.points, backend)
  const shares = new Float64Array(colours.length)
  const total = samples.weights.reduce((sum, weight) => sum + weight, 0)
  unit.forEach((nearest, i) => {
    shares[nearest] += samples.weights[i] / total
  })
  return shares
}
