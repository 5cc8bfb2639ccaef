import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clusterUnits, compareMaps, js, type Som, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { sourceWorkers } from '../../test/worker.ts'
import { createServer, type Data, openData } from '../index.ts'
import { depositOf } from '../registry/deposit-of.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-edits-'))
const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i) + 9 * (i % 3), Math.cos(7 * i)])
let data: Data
let app: FastifyInstance
let maps: Som[]

async function mapOf(seed: number): Promise<Som> {
  const trained = await train({ samples: samplesOf(rows, ['a', 'b']), seed, lattice: { rows: 4, columns: 5 } })
  const som = trained.unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  const found = clusterUnits(som, { count: 3 })
  return { ...som, ...(found.isOk && { clusters: found.value.clusters }) }
}

beforeAll(async () => {
  data = openData(folder)
  maps = [await mapOf(1), await mapOf(2)]
  for (const som of maps) await data.registry.put(depositOf('tides', som), encodeModel(som).unwrapOr([]))
  const { clusters: _, ...bare } = maps[0]
  await data.registry.put(depositOf('bare', bare), encodeModel(bare).unwrapOr([]))
  app = await createServer({ backend: js(), data, workers: sourceWorkers }, settingsFor({ data: folder }))
})
afterAll(async () => {
  await app.close()
  data.close()
  rmSync(folder, { recursive: true })
})

const post = async (url: string, payload: object): Promise<{ status: number; body: Record<string, unknown> }> => {
  const answer = await app.inject({ method: 'POST', url, payload })
  return { status: answer.statusCode, body: answer.json() }
}

test('edited clusters are the next version, which rows then belong to', async () => {
  const edits = { merge: [[2, 3]], rename: [{ cluster: 1, name: 'calm' }] }
  const { status, body } = await post('/v1/maps/tides/versions/1/clusters', edits)
  expect([status, body.version]).toEqual([201, 3])
  expect(body.clusters).toEqual([
    { number: 1, name: 'cluster 1', units: expect.any(Number) },
    { number: 2, name: 'calm', units: expect.any(Number) },
  ])
  expect((await data.registry.find('tides', { version: 3 }))?.lineage.parent).toEqual({ name: 'tides', version: 1 })
  const found = await post('/v1/maps/tides/versions/3/segment', { instances: rows })
  expect(new Set((found.body.segments as { segment: string }[]).map(({ segment }) => segment))).toEqual(
    new Set(['calm', 'cluster 1']),
  )
})

test('wrong edits are refused with every issue, and a map without clusters', async () => {
  const wrong = await post('/v1/maps/tides/versions/1/clusters', {
    merge: [[1, 9]],
    rename: [{ cluster: 8, name: 'x' }],
  })
  expect([wrong.status, (wrong.body.issues as unknown[]).length]).toEqual([400, 2])
  expect((await post('/v1/maps/bare/versions/1/clusters', { merge: [[1, 2]] })).status).toBe(409)
  expect((await post('/v1/maps/tides/versions/1/clusters', { merged: [] })).status).toBe(400)
})

test('two versions are compared by rows, as compareMaps does', async () => {
  const { status, body } = await post('/v1/maps/tides/versions/1/compare?other=2', { instances: rows })
  const ours = await compareMaps(maps[0], maps[1], samplesOf(rows, ['a', 'b']))
  if (ours.isErr) throw new Error('not compared')
  expect([status, body.alignment, body.mean_kept]).toEqual([200, ours.value.alignment, ours.value.meanKept])
  const compared = body.rows as { unit: number; other_unit: number; moved: number }[]
  expect(compared.map(({ unit }) => unit)).toEqual([...ours.value.unitA])
  expect(compared.map(({ other_unit }) => other_unit)).toEqual([...ours.value.unitB])
  expect(compared.map(({ moved }) => moved)).toEqual([...ours.value.moved])
  expect((await post('/v1/maps/tides/versions/1/compare?other=9', { instances: rows })).status).toBe(404)
})
