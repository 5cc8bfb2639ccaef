import type { Matches } from '../backend/backend.ts'
import { chunkCount } from '../chunks/cut.ts'
import { type ChunkNode, mergeTree } from '../chunks/merge-tree.ts'
import type { Numbers } from '../chunks/packed.ts'
import { type Lattice, unitCount } from '../map/lattice.ts'
import { defaultNeighbours } from '../map/neighbours.ts'
import { hits, quantizationTally, topographicTally } from '../read/quality/errors.ts'
import { keptQuantiles } from '../rows/quantile.ts'
import type { Seen } from '../som.ts'

/** Statistics of `count` training rows on a map, gathered part by part. */
export interface SeenTally {
  add(matches: Matches, weights?: Float32Array): void
  /** As `add`, without the distances. */
  tally(matches: Matches, weights?: Float32Array): void
  /** The rows that follow begin this chunk. */
  seek(chunk: number): void
  /** The sums of the chunks, the last of which is ended. */
  nodes(): ChunkNode<Numbers>[]
  /** Adds what another has found in other chunks, without their distances. */
  take(node: ChunkNode<Numbers>): void
  /** Adds distances that another has found. */
  takeDistances(distances: Iterable<number>): void
  done(): Seen
}

export function seenTally(lattice: Lattice, count: number, chunkRows: number): SeenTally {
  const neighbours = defaultNeighbours(lattice)
  const units = unitCount(lattice)
  const distances = new Float32Array(count)
  let [kept, chunks] = [0, 0]
  const open = (): Float64Array[] => [new Float64Array(units), new Float64Array(2), new Float64Array(2)]
  let chunk = open()
  const tree = mergeTree(added)
  const counted = chunkCount(chunkRows, (index) => {
    tree.add({ level: 0, index, value: chunk })
    chunk = open()
  })
  const addPiece = (matches: Matches, weights?: Float32Array): void => {
    const found = [
      hits({ lattice }, matches, { weights }),
      quantizationTally(matches, weights),
      topographicTally(lattice, matches, neighbours, weights),
    ]
    found.forEach((numbers, part) => {
      for (let i = 0; i < numbers.length; i++) chunk[part][i] += numbers[i]
    })
  }
  const tally: SeenTally['tally'] = (matches, weights) =>
    counted.cut(matches.unit.length, (from, to) => addPiece(partOf(matches, from, to), weights?.subarray(from, to)))
  return {
    add(matches, weights) {
      tally(matches, weights)
      for (const d of matches.distance) if (!Number.isNaN(d)) distances[kept++] = d
    },
    tally,
    seek: counted.seek,
    nodes() {
      counted.end()
      return tree.nodes()
    },
    take(node) {
      tree.add(node)
      chunks = Math.max(chunks, (node.index + 1) * 2 ** node.level)
    },
    takeDistances(found) {
      for (const d of found) if (!Number.isNaN(d)) distances[kept++] = d
    },
    done() {
      chunks = Math.max(chunks, counted.end())
      const [total, quantization, topographic] = chunks > 0 ? tree.total(chunks) : chunk
      return {
        hits: Float64Array.from(total),
        distances: keptQuantiles(distances.subarray(0, kept)),
        quantizationError: quantization[0] / quantization[1],
        topographicError: topographic[0] / topographic[1],
        neighbours,
      }
    },
  }
}

const added = (a: Numbers, b: Numbers): Numbers =>
  a.map((numbers, part) => Float64Array.from(numbers, (x, i) => x + b[part][i]))

const partOf = ({ unit, distance, secondUnit, secondDistance }: Matches, from: number, to: number): Matches => ({
  unit: unit.subarray(from, to),
  distance: distance.subarray(from, to),
  secondUnit: secondUnit.subarray(from, to),
  secondDistance: secondDistance.subarray(from, to),
})
