import { describe, expect, it } from 'vitest'
import { samplesOf } from '../../rows/samples.ts'
import { train } from '../../train/train.ts'
import { type Diagnosis, diagnose } from './diagnosis.ts'
import { quality } from './quality.ts'

const rows = (count: number, features = 3) =>
  Array.from({ length: count }, (_, i) => Array.from({ length: features }, (_, f) => Math.sin(i * (12.9898 + f) + f)))

async function kinds(options: Partial<Parameters<typeof train>[0]>, data = rows(400)): Promise<Diagnosis['kind'][]> {
  const samples = samplesOf(data)
  const som = (await train({ lattice: { rows: 6, columns: 6 }, ...options, samples })).unwrapOrElse(() => {
    throw new Error('not trained')
  })
  const found = await quality(som, samples)
  return found.isOk ? diagnose(som, found.value).map(({ kind }) => kind) : []
}

describe('a diagnosis', () => {
  it('has nothing to say of a map trained by default', async () => {
    expect(await kinds({})).toEqual([])
  })

  it('says of a map whose radius stayed wide that it is under-trained', async () => {
    expect(await kinds({ radius: { start: 4, end: 3 } })).toContain('under-trained')
  })

  it('says of a map trained from disorder at a small radius that it is twisted', async () => {
    expect(
      await kinds({ initial: 'random', radius: { start: 0.5, end: 0.4 }, lattice: { rows: 1, columns: 30 } }),
    ).toContain('twisted')
  })

  it('says of a map with few rows that it is too large, and of one with very many that it is too small', async () => {
    expect(await kinds({ lattice: { rows: 20, columns: 20 } }, rows(60))).toContain('too large')
    expect(await kinds({ lattice: { rows: 1, columns: 2 } }, rows(600, 8))).toContain('too small')
  })

  it('names a feature that decides alone', async () => {
    expect(
      await kinds(
        { preprocessing: 'none' },
        rows(300).map(([a, b, c]) => [100 * a, b, c]),
      ),
    ).toContain('dominant feature')
  })
})
