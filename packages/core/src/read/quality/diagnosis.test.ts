import { describe, expect, it } from 'vitest'
import { random } from '../../random.ts'
import { samplesOf } from '../../rows/samples.ts'
import { train } from '../../train/train.ts'
import { type Diagnosis, diagnose } from './diagnosis.ts'
import { quality } from './quality.ts'

/** Rows near a curved surface, with as many features as asked; `from` draws others of the same kind. */
const rows = (count: number, features = 3, from = 0) => {
  const draw = random(1, 'diagnosis', from)
  return Array.from({ length: count }, () => {
    const [a, b] = [draw(), draw()]
    return Array.from({ length: features }, (_, f) => Math.sin((1 + (f % 3)) * a + f) + b * Math.cos(f) + 0.1 * draw())
  })
}

/** Rows whose features have nothing to do with one another. */
const noise = (count: number, features: number) => {
  const draw = random(2, 'diagnosis')
  return Array.from({ length: count }, () => Array.from({ length: features }, draw))
}

/** What is found of a map trained on some rows and measured on the same rows, or on others. */
async function kinds(
  options: Partial<Parameters<typeof train>[0]>,
  data = rows(400),
  measured = data,
): Promise<Diagnosis['kind'][]> {
  const som = (await train({ ...options, samples: samplesOf(data) })).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  const found = await quality(som, samplesOf(measured))
  return found.isOk ? diagnose(som, found.value.symptoms).map(({ kind }) => kind) : []
}

describe('a diagnosis', () => {
  it('finds nothing on a map trained by default, on its own rows or on new ones of the same kind', async () => {
    expect(await kinds({})).toEqual([])
    expect(await kinds({}, rows(400), rows(400, 3, 400))).toEqual([])
  })

  it('finds nothing on maps trained by default of two or three features, or by layers of several metrics', async () => {
    for (const features of [2, 3]) expect(await kinds({}, noise(1000, features))).toEqual([])
    const bits = noise(300, 6).map((row) => row.map((x, f) => (f < 3 ? x : Math.round(x))))
    const names = bits[0].map((_, f) => `feature ${f + 1}`)
    const layers = [
      { name: 'numbers', features: names.slice(0, 3) },
      { name: 'bits', features: names.slice(3), metric: 'hamming' as const },
    ]
    expect(await kinds({ layers }, bits)).toEqual([])
  })

  it('calls a map too stiff that was trained to a wide radius', async () => {
    expect(await kinds({ radius: { start: 6, end: 4 } }, noise(400, 6))).toContain('too stiff')
  })

  it('calls a map too fine that was trained to a very small radius', async () => {
    expect(await kinds({ radius: { end: 0.4 } }, noise(400, 3))).toContain('too fine')
  })

  it('does not advise a radius that a map has had', async () => {
    // Rows near a line: one axis of the map has nothing but noise to follow.
    const draw = random(3, 'diagnosis')
    const line = Array.from({ length: 500 }, () => {
      const t = draw()
      return [t, t + 0.05 * draw()]
    })
    const som = (await train({ samples: samplesOf(line) })).unwrapOrElse((issues) => {
      throw new Error(JSON.stringify(issues))
    })
    const found = await quality(som, samplesOf(line))
    const said = found.isOk ? diagnose(som, found.value.symptoms) : []
    expect(said.map(({ advice }) => advice)).toEqual(['use fewer units'])
  })

  it('calls a map folded that was trained from disorder at a small radius', async () => {
    const folded = { initial: 'random', radius: { start: 0.5, end: 0.4 }, lattice: { rows: 1, columns: 30 } } as const
    expect(await kinds(folded)).toContain('folded')
  })

  it('calls a map of more than two units for three rows too large', async () => {
    expect(await kinds({ lattice: { rows: 20, columns: 20 } }, rows(60))).toContain('too large')
  })

  it('calls a map overfitted when new rows lie much farther from it than the training rows', async () => {
    const lattice = { rows: 12, columns: 12 }
    expect(await kinds({ lattice, radius: { end: 0.3 } }, rows(150, 8), rows(150, 8, 150))).toContain('overfitted')
  })

  it('says nothing about new rows of rows that were trained on, or of a map that has seen none', async () => {
    const data = rows(60)
    const som = (await train({ samples: samplesOf(data), lattice: { rows: 9, columns: 9 } })).unwrapOr(null)
    const found = som && (await quality(som, samplesOf(rows(60, 3, 400)))).unwrapOr(null)
    if (!som || !found) throw new Error('not measured')
    const said = (of: typeof som, symptoms: typeof found.symptoms): string[] =>
      diagnose(of, symptoms).map(({ kind }) => kind)
    const far = { ...found.symptoms, quantizationError: 1e6 }
    expect(said(som, far)).toContain('overfitted')
    expect(said(som, { ...far, heldOut: false })).not.toContain('overfitted')
    expect(said({ ...som, seen: null }, far)).not.toContain('overfitted')
  })

  it('calls a map of few units too small when new rows fit as well as the training rows', async () => {
    const small = { lattice: { rows: 3, columns: 3 } }
    expect(await kinds(small, rows(1000), rows(400, 3, 1000))).toContain('too small')
  })

  it('never calls a map of the default size too small, however many rows it has', async () => {
    expect(await kinds({ epochs: 8 }, rows(8000, 2), rows(1000, 2, 8000))).not.toContain('too small')
  })

  it('says that a map of one epoch needs more of them', async () => {
    expect(await kinds({ epochs: 1, initial: 'random' })).toContain('too few epochs')
  })

  it('names a feature that decides alone', async () => {
    const data = rows(300).map(([a, b, c]) => [100 * a, b, c])
    expect(await kinds({ preprocessing: 'none' }, data)).toContain('dominant feature')
  })
})
