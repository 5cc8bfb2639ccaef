import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clusterUnits, type FeatureSource, js, type Som, samplesOf, train } from '@som/core'
import { encodeModel } from '@som/io'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { settingsFor } from '../../test/settings-for.ts'
import { sourceWorkers } from '../../test/worker.ts'
import { createServer, type Data, openData } from '../index.ts'
import { depositOf } from '../registry/deposit-of.ts'

interface Told {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example?: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> }
}

const open: { app: FastifyInstance; data: Data; folder: string }[] = []
afterEach(async () => {
  for (const { app, data, folder } of open.splice(0)) {
    await app.close()
    data.close()
    rmSync(folder, { recursive: true })
  }
})

/** A map whose features are made of a number, a category and a time. */
async function mixedMap(): Promise<Som> {
  const features = ['size, "cm"', 'kind=small', 'kind=large', 'when']
  const rows = Array.from({ length: 30 }, (_, i) => [i % 7, i % 2, 1 - (i % 2), 20_000 + i])
  const sources: Record<string, FeatureSource> = {
    'kind=small': { column: 'kind', level: 'small' },
    'kind=large': { column: 'kind', level: 'large' },
    when: { column: 'when', time: 'days' },
  }
  const samples = { ...samplesOf(rows, features), sources: features.map((name) => sources[name]) }
  const som = (await train({ samples, lattice: { rows: 3, columns: 3 }, epochs: 2 })).unwrapOrElse((issues) => {
    throw new Error(JSON.stringify(issues))
  })
  const clusters = clusterUnits(som, { count: 2 })
  return { ...som, ...(clusters.isOk && { clusters: clusters.value.clusters }) }
}

async function served(): Promise<{ app: FastifyInstance; data: Data }> {
  const som = await mixedMap()
  const folder = mkdtempSync(join(tmpdir(), 'som-examples-'))
  const data = openData(folder)
  await data.registry.put(depositOf('mixed', som), encodeModel(som).unwrapOr([]))
  await data.registry.setAlias('mixed', 'champion', 1)
  const app = await createServer({ som, backend: js(), data, workers: sourceWorkers }, settingsFor({ data: folder }))
  open.push({ app, data, folder })
  return { app, data }
}

const documentOf = async (app: FastifyInstance, key?: string): Promise<Record<string, Record<string, Told>>> =>
  (
    await app.inject({ url: '/openapi.json', headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })
  ).json().paths

describe('the examples of the description', () => {
  it('have the columns of the maps that are served', async () => {
    const { app } = await served()
    const paths = await documentOf(app)
    const { content } = paths['/v1/match'].post.requestBody ?? { content: {} }
    expect(content['application/json'].example).toMatchObject({
      dataframe_split: {
        columns: ['size, "cm"', 'kind', 'when'],
        data: [
          [expect.any(Number), expect.stringMatching(/^(small|large)$/), expect.stringMatching(/^20\d\d-/)],
          expect.anything(),
        ],
      },
    })
    expect(content['text/csv'].example).toMatch(/^"size, ""cm""",kind,when\n/)
    expect(paths['/v1/maps/{name}/alias/{alias}/match'].post.parameters.map(({ example }) => example)).toEqual([
      'mixed',
      'champion',
    ])
  })

  it('are answered without an error when they are sent as they stand', async () => {
    const { app } = await served()
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const sent: string[] = []
    for (const [path, methods] of Object.entries(await documentOf(app)))
      for (const [method, { parameters, requestBody }] of Object.entries(methods)) {
        const examples = Object.entries(requestBody?.content ?? { none: { example: '' } })
        const isFilled = parameters.every((parameter) => parameter.in === 'query' || parameter.example !== undefined)
        if (method === 'delete' || !isFilled) continue
        for (const [type, { example }] of examples) {
          if (example === undefined) continue
          const query = parameters.flatMap((each) =>
            each.in === 'query' && each.example !== undefined ? [[each.name, each.example]] : [],
          )
          const url = path.replace(
            /{(\w+)}/g,
            (_, name: string) => parameters.find((each) => each.name === name)?.example ?? '',
          )
          const payload = typeof example === 'string' ? example : JSON.stringify(example)
          const answer = await fetch(`${address}${url}?${new URLSearchParams(query)}`, {
            method: method.toUpperCase(),
            ...(type !== 'none' && { headers: { 'content-type': type }, body: payload }),
          })
          expect([method, path, type, answer.ok || (await answer.text())]).toEqual([method, path, type, true])
          await answer.body?.cancel()
          sent.push(`${method} ${path} ${type}`)
        }
      }
    expect(sent).toEqual(
      expect.arrayContaining([
        'post /invocations application/json',
        'post /v1/maps/{name}/versions/{version}/match application/x-ndjson',
        'post /v1/maps/{name}/alias/{alias}/report.html text/csv',
        'post /v2/models/{name}/infer application/json',
        'put /v1/maps/{name}/alias/{alias} application/json',
        'post /v1/tables text/csv',
        'post /v1/jobs application/json',
      ]),
    )
  })

  it('name no map and no column to who may not look at maps', async () => {
    const { app, data } = await served()
    const keyFor = (scopes: Parameters<typeof data.keys.make>[0]['scopes']): string =>
      data.keys.make({ label: '', scopes, limits: {}, expires: null }).key
    const [reader, scorer] = [keyFor(['read', 'score']), keyFor(['score'])]
    for (const key of [undefined, 'wrong', scorer])
      expect(JSON.stringify(await documentOf(app, key))).not.toMatch(/mixed|kind|large/)
    expect(JSON.stringify(await documentOf(app, reader))).toMatch(/mixed.*kind/s)
  })

  it('are left out for a map whose file cannot be read, and the rest is there', async () => {
    const { app, data } = await served()
    await data.registry.put({ name: 'a-broken-one', lineage: { rows: '', parameters: {} }, metrics: {}, tags: {} }, [
      Buffer.from('no map'),
    ])
    const paths = await documentOf(app)
    expect(
      paths['/v1/maps/{name}/versions/{version}/match'].post.requestBody?.content['text/csv'].example,
    ).toBeUndefined()
    expect(paths['/v1/match'].post.requestBody?.content['text/csv'].example).toBeDefined()
  })
})
