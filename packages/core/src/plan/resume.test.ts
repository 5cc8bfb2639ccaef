import { describe, expect, it } from 'vitest'
import { Issues } from '../issue.ts'
import { samplesOf } from '../rows/samples.ts'
import type { Som } from '../som.ts'
import { drawMatrix } from '../testing/draw.ts'
import { train } from '../train/train.ts'
import type { TrainOptions } from './options.ts'
import { checkResume, checkResumed } from './resume.ts'

/** The options that are refused beside `resume`. Wrong types on purpose. */
function refused(given: unknown): string[] {
  const issues = new Issues()
  checkResumed(given as Partial<TrainOptions>, issues)
  return issues.list.map(({ path }) => path)
}

describe('beside a run that is resumed', () => {
  const own = { start: 2, end: 1, decay: () => 1 }
  const named = { start: 2, end: 1, decay: 'linear' }

  it.each([
    ['a radius', { radius: own }],
    ['a learning rate', { learningRate: own }],
    ['phases, in any of them', { phases: [{ radius: named }, { radius: own }] }],
    ['phases, for the learning rate alone', { phases: [{ radius: named, learningRate: own }] }],
  ])('a decay function of the user may be given again: %s', (_, given) => {
    expect(refused(given)).toEqual([])
  })

  it.each([
    ['radius', { radius: named }],
    ['phases', { phases: [{ radius: named, learningRate: named }, null] }],
    ['phases', { phases: [] }],
    ['seed', { seed: 1 }],
    ['stop', { stop: null }],
  ])('every other option is refused: %s of %o', (name, given) => {
    expect(refused({ samples: [], resume: {}, order: undefined, ...given })).toEqual([name])
  })
})

describe('the record of a run that is resumed', async () => {
  const samples = samplesOf(drawMatrix(30, 3, 1))
  const ended = (await train({ samples, epochs: 1 })).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  const { digest, rows } = ended.training
  const { codebook } = ended

  function issuesOf(epochStart: unknown): string[] {
    const unfinished = { epoch: 1, step: 0, distance: 0, weight: 0, epochStart }
    const issues = new Issues()
    checkResume({ ...ended, training: { ...ended.training, unfinished } } as Som, digest, rows, issues)
    return issues.list.map(({ path, message }) => `${path}: ${message}`)
  }

  it('may hold the codebook at the beginning of the epoch, of the size of the map', () => {
    expect([issuesOf(codebook), issuesOf(undefined)]).toEqual([[], []])
    const wrong = ['resume: expected training.unfinished.epochStart to be a codebook of the size of this map']
    expect(issuesOf({ ...codebook, data: codebook.data.slice(1) })).toEqual(wrong)
    expect([issuesOf(null), issuesOf({})]).toEqual([wrong, wrong])
  })

  it('of a run that has ended has no such codebook, and is accepted', () => {
    const issues = new Issues()
    checkResume(ended, digest, rows, issues)
    expect(issues.list).toEqual([])
  })

  it('says which rows it expects, and whether it is their number that differs', () => {
    for (const [count, found] of [
      [rows, '30 rows with other numbers or weights, or in another order'],
      [31, '31 rows'],
    ] as const) {
      const issues = new Issues()
      checkResume(ended, `${digest} of others`, count, issues)
      const message = `expected the 30 rows that the run was started with, found ${found}`
      expect(issues.list).toEqual([{ path: 'resume', message }])
    }
  })
})
