import type { Backend, Rows, Session } from '../backend/backend.ts'
import { mergeSums } from '../backend/merge-sums.ts'
import { mergeTree } from '../chunks/merge-tree.ts'
import { numbersOfSums } from '../chunks/packed.ts'
import { describeIssues, Issues } from '../issue.ts'
import { checkFinite } from '../rows/check-samples.ts'
import { chunkWords } from '../rows/digest.ts'
import { featuresFitting } from '../rows/fit-features.ts'
import { chooseRows, type Matrix, matrix } from '../rows/matrix.ts'
import { momentsOf } from '../rows/moments.ts'
import { placesOf } from '../rows/prepare.ts'
import { countEmptyRows, transform } from '../rows/transform.ts'
import { seenTally } from '../train/seen-tally.ts'
import { type Found, type FoundName, featuresOf, type Pass } from './pass.ts'

/** The rows of a chunk, as they are before preprocessing: rows × columns, NaN for a missing value. */
export interface RawChunk {
  readonly index: number
  readonly rows: number
  readonly data: Float64Array
}

/** Answers a pass for the chunks that it is given, each whole, in any order. */
export interface SpreadWorker {
  /** Rejects with an Error, whose message is for the user, where rows cannot be used. */
  add(chunk: RawChunk): Promise<void>
  /** What of the answer is known. May be called once, after the last chunk. */
  done(): readonly Found[]
  close(): void
}

/** Opens a worker for one pass. Sums and tallies run on `backend`. */
export async function spreadWorker(pass: Pass, backend: Backend): Promise<SpreadWorker> {
  if (pass.ask === 'fit') return fitWorker(pass)
  const prepare = preparing(pass)
  if (pass.ask === 'keep') return keepWorker(pass, prepare)
  if (pass.ask === 'rows') return rowsWorker(pass, prepare)
  const { task, features, numbers } = pass
  const { rows, columns } = task.lattice
  const codebook = matrix(rows * columns, features.length, Float32Array.from(numbers[1]))
  const nothing = { matrix: matrix(1, features.length, new Float32Array(features.length).fill(Number.NaN)) }
  const session = await backend.open(task, nothing, codebook)
  return pass.ask === 'sums' ? sumsWorker(session, prepare) : tallyWorker(pass, session, prepare)
}

type Only<Ask extends Pass['ask']> = Extract<Pass, { readonly ask: Ask }>
type Prepare = (chunk: RawChunk) => Matrix

const nothingToClose = (): void => {}

function named(name: FoundName, nodes: readonly Omit<Found, 'name'>[]): Found[] {
  return nodes.map((node) => ({ ...node, name }))
}

function fitWorker({ how, columns, chunkRows, numbers }: Only<'fit'>): SpreadWorker {
  const issues = new Issues()
  const fitting = featuresFitting({ features: columns }, how, issues)
  if (numbers.length > 0) fitting.second(numbers)
  return {
    async add({ index, rows, data }) {
      checkFinite({ features: columns, data }, issues, index * chunkRows)
      fitting.seek(index, index * chunkRows)
      fitting.add({ rows, data })
      refuse(issues)
    },
    done: () => named('fit', fitting.nodes()),
    close: nothingToClose,
  }
}

function preparing(pass: Exclude<Pass, { readonly ask: 'fit' }>): Prepare {
  const features = featuresOf(pass)
  const from = placesOf({ features }, { features: pass.columns }, true)
  return ({ index, rows, data }) => {
    const issues = new Issues()
    const before = index * pass.chunkRows
    const samples = { features: pass.columns, rows, data }
    checkFinite(samples, issues, before)
    // A copy even where nothing is done to the rows.
    const ready = transform(samples, features, from, issues, { before })
    refuse(issues)
    if (ready === null) throw new Error('rows that are refused have an issue')
    return ready.matrix
  }
}

function refuse(issues: Issues): void {
  if (issues.list.length > 0) throw new Error(describeIssues(issues.list))
}

function keepWorker({ features, chunkRows }: Only<'keep'>, prepare: Prepare): SpreadWorker {
  const moments = momentsOf(features.length, chunkRows)
  const words: Found[] = []
  return {
    async add(chunk) {
      const rows = prepare(chunk)
      moments.seek(chunk.index)
      moments.add(rows.data)
      const value = [Float64Array.from(chunkWords(rows)), Float64Array.of(countEmptyRows(rows))]
      words.push({ name: 'words', level: 0, index: chunk.index, value })
    },
    done: () => [...named('moments', moments.nodes()), ...words],
    close: nothingToClose,
  }
}

function rowsWorker({ chunkRows, numbers }: Only<'rows'>, prepare: Prepare): SpreadWorker {
  const chosen = Float64Array.from(numbers[1])
  const found: Found[] = []
  return {
    async add(chunk) {
      const first = chunk.index * chunkRows
      const here = chosen.filter((i) => i >= first && i < first + chunk.rows)
      if (here.length === 0) return
      const rows = chooseRows(
        prepare(chunk),
        Uint32Array.from(here, (i) => i - first),
      )
      found.push({ name: 'rows', level: 0, index: chunk.index, value: [here, rows.data] })
    },
    done: () => found,
    close: nothingToClose,
  }
}

function sumsWorker(session: Session, prepare: Prepare): SpreadWorker {
  const tree = mergeTree(mergeSums)
  return {
    async add(chunk) {
      const rows: Rows = { matrix: prepare(chunk) }
      tree.add({ level: 0, index: chunk.index, value: await session.sums(rows) })
    },
    done: () =>
      named(
        'sums',
        tree.nodes().map(({ value, ...node }) => ({ ...node, value: numbersOfSums(value) })),
      ),
    close: () => session.close(),
  }
}

function tallyWorker({ task, chunkRows }: Only<'sums' | 'tally'>, session: Session, prepare: Prepare): SpreadWorker {
  const distances: Found[] = []
  const tally = seenTally(task.lattice, 0, chunkRows)
  return {
    async add(chunk) {
      const matches = await session.match({ matrix: prepare(chunk) })
      tally.seek(chunk.index)
      tally.tally(matches)
      distances.push({ name: 'distances', level: 0, index: chunk.index, value: [matches.distance] })
    },
    done: () => [...named('tally', tally.nodes()), ...distances],
    close: () => session.close(),
  }
}
