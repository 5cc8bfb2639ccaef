import { expect, it } from 'vitest'
import { samplesOf } from '../rows/samples.ts'
import { train } from '../train/train.ts'
import { ANSWERS, type AnswerColumn, answerCells, answerRows, answersOf } from './answers.ts'
import { clusterUnits } from './cluster/cluster-units.ts'
import { match } from './match.ts'

const fail = (found: unknown): never => {
  throw new Error(JSON.stringify(found))
}
const rows = [[0, 1], [1, 0], [5, 5], [6, Number.NaN]] // biome-ignore format: a table
const samples = samplesOf(rows)
const trained = (await train({ samples, lattice: { rows: 2, columns: 3 }, epochs: 2 })).unwrapOrElse(fail)
const som = { ...trained, clusters: clusterUnits(trained, { count: 2 }).unwrapOrElse(fail).clusters }
const matches = (await match(som, samplesOf([...rows, [Number.NaN, Number.NaN]]))).unwrapOrElse(fail)

it('a row has what its unit has, and one without a value has null in each column', () => {
  const said = answerRows(answersOf(som), matches)
  const unit = matches.unit[2]
  expect(Object.keys(said[2])).toEqual(ANSWERS.map(({ name }) => name))
  expect(said[2]).toMatchObject({
    ...{ unit, unit_row: Math.floor(unit / 3), unit_column: unit % 3, distance: matches.distance[2] },
    ...{ cluster: som.clusters.of[unit] + 1, cluster_name: `cluster ${som.clusters.of[unit] + 1}` },
  })
  expect(Object.values(said[4])).toEqual(ANSWERS.map(() => null))
})

it('a map without clusters or the distances of training has no columns for them', () => {
  const names = (columns: readonly AnswerColumn[]): string[] => columns.map(({ name }) => name)
  expect(names(answersOf({ ...trained, seen: null }))).not.toContain('p_value')
  expect(names(answersOf(trained))).not.toContain('cluster')
  expect(names(answersOf(som, { second: false }))).not.toContain('second_unit')
})

it('a map of one unit has no second one', async () => {
  const single = (await train({ samples, lattice: { rows: 1, columns: 1 }, epochs: 1 })).unwrapOrElse(fail)
  const found = (await match(single, samples)).unwrapOrElse(fail)
  const [second] = answersOf(single).filter(({ name }) => name === 'second_unit')
  expect(answerCells(second, found)).toEqual([null, null, null, null])
})

it('a row of a unit in no cluster, and one out of reach, are unclustered: -1 and a name; one without a value has null', () => {
  const of = som.clusters.of.slice()
  of[matches.unit[0]] = -1
  const clusters = { ...som.clusters, of, reach: [matches.distance[2] / 2, matches.distance[2] / 2] }
  const columns = answersOf({ ...som, clusters })
  const said = answerRows(columns, matches)
  const none = { cluster: -1, cluster_name: 'unclustered' }
  expect(said[0]).toMatchObject(none)
  expect(said[2]).toMatchObject({ unit: matches.unit[2], ...none })
  expect(said[4]).toMatchObject({ cluster: null, cluster_name: null })
  const near = answerRows(answersOf({ ...som, clusters: { ...clusters, reach: [9, 9] } }), matches)
  expect(near[2].cluster).toBe(of[matches.unit[2]] + 1)
})
