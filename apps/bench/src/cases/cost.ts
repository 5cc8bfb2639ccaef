import type { Case, Curve, Row } from '../case.ts'
import { compare } from '../compare.ts'
import { numpyBatch } from '../contenders/numpy-batch.ts'
import { jsBackend, nativeBackend } from '../contenders/ours.ts'
import type { Options } from '../options.ts'
import type { Workload } from '../workload.ts'
import { batchWorkload, type Sizes, sized } from '../workloads.ts'

/** Each size is varied over these shares of what it is at the middle. */
const SHARES = [1 / 4, 1 / 2, 1, 2, 4]
const EPOCHS = 3
/** An epoch of the least takes a few milliseconds, which vary. */
const LEAST_REPEATS = 5

/** What a batch epoch costs by the number of rows (N), of units (K) and of features (D), each varied alone. */
export const cost: Case = {
  name: 'cost',
  title: 'What an epoch costs by rows, units and features',
  async run(options) {
    const middle = sized({ rows: 8000, features: 16, map: [24, 24] }, options)
    const epochs = options.epochs ?? EPOCHS
    const rows: Row[] = []
    const curves = new Map<string, Curve & { points: Curve['points'][number][] }>()
    for (const axis of AXES) {
      for (const share of SHARES) {
        const work = workAt(axis, share, middle, epochs, options)
        const x = SIZE_OF[axis](work)
        const name = `cost, ${x} ${axis}`
        const ours = [nativeBackend, jsBackend]
        const compared = await compare(
          { name, title: '', setting: '', work, ours, peers: [numpyBatch], targets: [] },
          options,
        )
        for (const row of compared.rows) {
          rows.push({ ...row, name: `${row.name}, ${x} ${axis}` })
          if ('absent' in row || row.agreement?.verdict === 'worse') continue
          const { median, least, most, count } = row.seconds
          const seconds = { median: median / epochs, least: least / epochs, most: most / epochs, count }
          const curve = curves.get(`${row.name} ${axis}`) ?? { axis, contender: row.name, points: [] }
          curve.points.push({ x, seconds })
          curves.set(`${row.name} ${axis}`, curve)
        }
      }
    }
    return {
      name: 'cost',
      title: cost.title,
      setting: `${middle.rows} x ${middle.features} clusters and ${middle.map.join(' x ')} units in the middle, ${epochs} epochs`,
      rows,
      findings: [...curves.values()].map(growth),
      targets: [],
      curves: [...curves.values()],
    }
  },
}

const AXES = ['rows', 'units', 'features'] as const

const SIZE_OF: Readonly<Record<Curve['axis'], (work: Workload) => number>> = {
  rows: (work) => work.rows,
  units: (work) => work.mapRows * work.mapColumns,
  features: (work) => work.features,
}

function workAt(axis: Curve['axis'], share: number, middle: Sizes, epochs: number, options: Options): Workload {
  const least = (value: number, bound: number): number => Math.max(bound, Math.round(value))
  const [rows, columns] = middle.map
  const sizes: Sizes = {
    rows: axis === 'rows' ? least(middle.rows * share, 10) : middle.rows,
    features: axis === 'features' ? least(middle.features * share, 1) : middle.features,
    map: axis === 'units' ? [least(rows * Math.sqrt(share), 2), least(columns * Math.sqrt(share), 2)] : [rows, columns],
  }
  const plain = { ...options, rows: undefined, features: undefined, map: undefined, scale: 1 }
  return { ...batchWorkload({ ...sizes, epochs }, plain), repeats: Math.max(LEAST_REPEATS, options.repeats) }
}

/** The exponent of the power law that is nearest to all points of a curve, by least squares of logarithms. */
export function exponentOf(points: Curve['points']): number {
  const at = points.map(({ x, seconds }) => [Math.log(x), Math.log(seconds.median)] as const)
  const mean = (of: (point: readonly [number, number]) => number): number =>
    at.reduce((sum, point) => sum + of(point), 0) / at.length
  const [middle, height] = [mean(([x]) => x), mean(([, y]) => y)]
  return mean(([x, y]) => (x - middle) * (y - height)) / mean(([x]) => (x - middle) ** 2)
}

function growth({ axis, contender, points }: Curve): string {
  const [first, last] = [points[0], points[points.length - 1]]
  return `${contender}: ${last.x / first.x} times the ${axis} cost ${(last.seconds.median / first.seconds.median).toPrecision(2)} times the time; all sizes together, ${axis} to the power of ${exponentOf(points).toFixed(2)}`
}
