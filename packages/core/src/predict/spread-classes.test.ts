import { describe, expect, it } from 'vitest'
import { orThrow } from '../or-throw.ts'
import { random } from '../random.ts'
import { matrix } from '../rows/matrix.ts'
import { train } from '../train/train.ts'
import { fitTargets } from './fit-targets.ts'
import { predict } from './predict.ts'
import { spreadClasses } from './spread-classes.ts'

/** Rows on a line, each with the two beside it; a gap lies before row 3. */
const line = { k: 2, unit: Int32Array.from([1, 2, 0, 2, 1, 0, 4, 5, 3, 5, 4, 3]), distance: new Float32Array(12) }

it('a class goes along neighbours, and not where there are none', () => {
  expect(spreadClasses(line, Int32Array.from([1, -1, -1, -1, -1, 0]), 2)).toEqual(Int32Array.from([1, 1, 1, 0, 0, 0]))
  expect(spreadClasses(line, Int32Array.from([1, -1, -1, -1, -1, -1]), 2)).toEqual(Int32Array.from([1, 1, 1, -1, -1, -1])) // biome-ignore format: a table
})

describe('rows of two arcs, of which few have a class', () => {
  const ROWS = 600
  const next = random(5, 'arcs')
  const isUpper = (i: number): boolean => i % 2 === 0
  const rows = matrix(ROWS, 2)
  for (let i = 0; i < ROWS; i++) {
    const angle = Math.PI * next()
    const [x, y] = isUpper(i) ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.3 - Math.sin(angle)]
    rows.data.set([x + 0.1 * (next() + next() - 1), y + 0.1 * (next() + next() - 1)], 2 * i)
  }
  const known = Array.from({ length: ROWS }, (_, i) => (isUpper(i) ? 'upper' : 'lower'))
  const few = known.map((kind, i) => (i < 12 ? kind : null))

  it('are predicted better with the rows that have none', async () => {
    const som = orThrow(await train({ samples: rows, lattice: { rows: 10, columns: 10 } }))
    const fitted = orThrow(await fitTargets(som, rows, { kind: few }))
    const alone = orThrow(await fitTargets(som, matrix(12, 2, rows.data.slice(0, 24)), { kind: known.slice(0, 12) }))
    const right = async (of: typeof fitted): Promise<number> => {
      const [target] = orThrow(await predict(of, rows)).targets
      if (target.kind !== 'class') throw new Error('expected classes')
      return known.filter((kind, i) => target.classes[target.place[i]] === kind).length / ROWS
    }
    expect(fitted.targets?.of[0]).toMatchObject({ rows: 12, unlabelled: ROWS - 12 })
    expect(alone.targets?.of[0]).not.toHaveProperty('unlabelled')
    expect(await right(fitted)).toBeGreaterThan(0.97)
    expect(await right(fitted)).toBeGreaterThan((await right(alone)) + 0.05)
  })

  it('are fitted without those where most have a class', async () => {
    const som = orThrow(await train({ samples: rows, lattice: { rows: 6, columns: 6 }, epochs: 5 }))
    const most = known.map((kind, i) => (i % 3 === 0 ? null : kind))
    const fitted = orThrow(await fitTargets(som, rows, { kind: most }))
    expect(fitted.targets?.of[0]).not.toHaveProperty('unlabelled')
  })
})
