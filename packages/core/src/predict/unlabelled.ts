import type { Rows } from '../backend/backend.ts'
import { random, shuffled } from '../random.ts'
import { inSession } from '../read/in-session.ts'
import { chooseRows, isSparse } from '../rows/matrix.ts'
import type { Som } from '../som.ts'
import type { Near } from './blend.ts'
import type { Lesson } from './choose-models.ts'
import { classOutputs } from './class-outputs.ts'
import type { FitRuntime } from './fit-options.ts'
import { foldsOf } from './folds.ts'
import type { FitRows } from './local-models.ts'
import { NEIGHBOURS, spreadClasses } from './spread-classes.ts'

/** Rows that take part, at most: the nearest rows of each are looked for among all. */
const MOST_ROWS = 10_000
/** A class that came from neighbours counts as this share of a row. */
const WEIGHT = 0.3
const FOLDS = 3

/**
 * A lesson that also has the rows `others`, which have no class, each with that of the rows around it; null where more
 * than half of the rows have one. Rows that are held out take part without theirs: classes are spread once more
 * without those of each of three parts.
 */
export async function withUnlabelled(
  som: Som,
  { matrix: all }: Rows,
  near: Near,
  labelled: FitRows,
  places: Int32Array,
  classes: number,
  others: Uint32Array,
  seed: number,
  { backend, signal }: Pick<FitRuntime, 'backend' | 'signal'>,
): Promise<Lesson | null> {
  const own = labelled.rows.length
  if (others.length < own || own < FOLDS || own > MOST_ROWS / 2 || isSparse(all)) return null
  const drawn = shuffled(random(seed, 'unlabelled'), others.length).slice(0, MOST_ROWS - own)
  const rows = Uint32Array.from([...labelled.rows, ...Array.from(drawn.sort(), (at) => others[at])])
  const codebook = chooseRows(all, rows)
  // A missing value is at the centre of its feature: preprocessed values are around 0.
  codebook.data.forEach((x, at) => {
    if (Number.isNaN(x)) codebook.data[at] = 0
  })
  const lattice = { cell: 'rectangular', shape: 'sheet', rows: 1, columns: rows.length } as const
  const graph = await inSession(
    { lattice, metric: som.metric, kernel: som.kernel, codebook },
    { matrix: codebook },
    (session) => session.nearest(NEIGHBOURS + 1, undefined, { signal }),
    backend,
  )
  const unit = Int32Array.from(rows, (i) => near.unit[i * near.k])
  /** What is learnt where only rows whose place `isKnown` have their class. */
  const learn = (isKnown: (place: number) => boolean): FitRows => {
    const known = Int32Array.from(rows, (_, at) => (at < own && isKnown(at) ? places[at] : -1))
    const spread = spreadClasses(graph, known, classes)
    const weight = Float64Array.from(spread, (place, at) => {
      if (place < 0) return 0
      return (at < own ? labelled.weight[at] : 1) * (known[at] < 0 ? WEIGHT : 1)
    })
    const outputs = classOutputs(
      spread.map((place) => Math.max(0, place)),
      classes,
    )
    return { rows, unit, weight, outputs }
  }
  const fold = foldsOf(own, FOLDS, seed)
  return {
    all: learn(() => true),
    parts: Array.from({ length: FOLDS }, (_, left) => ({
      rows: learn((place) => fold[place] !== left),
      has: (place: number) => fold[place] === left,
    })),
  }
}
