import { Readable } from 'node:stream'
import * as v from 'valibot'
import type { Data } from '../data/data.ts'
import type { Caller } from '../keys/callers.ts'
import { type Example, placeExample } from '../openapi/example.ts'
import type { Routes } from '../openapi/operation.ts'
import { leftBy } from '../pool/left.ts'
import { Refused } from '../problem.ts'
import { checkModel, SMALL_MODEL } from '../registry/check-model.ts'
import { exampleVersion } from '../registry/example-place.ts'
import { aliasSchema, metricsSchema, nameSchema, PLACES, tagsSchema, versionSchema } from '../registry/names.ts'
import { refuseWithoutRoom } from '../registry/room.ts'
import { versionOf } from '../registry/which-map.ts'
import { spoolUpload } from './spool-upload.ts'

const named = v.object({ name: nameSchema })
const numbered = v.object({ name: nameSchema, version: versionSchema })
const aliased = v.object({ name: nameSchema, alias: aliasSchema })

const versionAnswer = v.object({
  name: v.string(),
  version: v.number(),
  digest: v.string(),
  bytes: v.number(),
  created: v.string(),
  metrics: v.record(v.string(), v.number()),
  tags: v.record(v.string(), v.string()),
  aliases: v.array(v.string()),
})

/** JSON in a text field. */
const jsonText = <T>(schema: v.GenericSchema<T, T>): v.GenericSchema<string, T> =>
  v.pipe(v.string(), v.parseJson(undefined, 'expected JSON'), schema)

/** How many model files are checked at once: each is held whole, once all of it has arrived. */
const AT_ONCE = 2

/** The maps of the registry: their versions, aliases, tags and files. */
export function mapRoutes(routes: Routes, data: Pick<Data, 'registry' | 'tables'>, mostBytes: number): void {
  const { registry } = data
  const found = { 200: { description: 'The version', schema: versionAnswer } }
  const done = { 204: { description: 'Done' }, 404: { description: 'Not found' } }
  const base = '/v1/maps/:name'
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Keep maps',
        path: '/v1/maps',
        summary: 'List the maps, sorted by name',
        scope: 'read',
      },
      query: v.object({
        after: v.optional(nameSchema),
        limit: v.optional(
          v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,2}$/, 'expected an integer from 1 to 999'), v.transform(Number)),
          '100',
        ),
      }),
      answers: {
        200: {
          description: 'A page of maps',
          schema: v.object({
            maps: v.array(
              v.object({
                name: v.string(),
                versions: v.number(),
                latest: v.number(),
                aliases: v.record(v.string(), v.number()),
              }),
            ),
          }),
        },
      },
    },
    async ({ query, request: { caller } }) => ({ maps: await registry.maps({ ...query, within: caller.maps }) }),
  )
  routes.on(
    {
      ...{
        method: 'GET',
        group: 'Keep maps',
        path: `${base}/versions`,
        summary: 'List the versions of a map, newest first',
        scope: 'read',
      },
      params: named,
      example: ({ maps }) => placeExample(exampleVersion(registry, maps)),
      answers: { 200: { description: 'The versions', schema: v.object({ versions: v.array(versionAnswer) }) } },
    },
    async ({ params: { name } }) => ({ versions: await registry.versions(name) }),
  )
  uploadRoute(routes, data, mostBytes)
  for (const { base: path, params, example: placeOf } of PLACES) {
    const example = ({ maps }: Caller): Promise<Example | null> => placeExample(placeOf(registry, maps))
    routes.on(
      {
        ...{
          method: 'GET',
          group: 'Keep maps',
          path,
          summary: 'Get a version with its lineage',
          scope: 'read',
          params,
          example,
        },
        answers: found,
      },
      ({ params }) => versionOf(registry, params.name, params),
    )
    routes.on(
      {
        ...{
          method: 'GET',
          group: 'Keep maps',
          path: `${path}/model`,
          summary: 'Download the model file of a version',
          scope: 'read',
          params,
          example,
        },
        answers: {
          200: {
            description: 'The file, with its SHA-256 in ETag and Content-Digest',
            type: 'application/octet-stream',
          },
        },
      },
      async ({ params, reply }) => {
        const version = await versionOf(registry, params.name, params)
        return reply
          .type('application/octet-stream')
          .header('content-length', version.bytes)
          .header('etag', `"${version.digest}"`)
          .header('content-digest', `sha-256=:${Buffer.from(version.digest, 'hex').toString('base64')}:`)
          .header('content-disposition', `attachment; filename="${version.name}-${version.version}.som"`)
          .send(Readable.from(registry.read(version), { objectMode: false }))
      },
    )
  }
  routes.on(
    {
      ...{
        method: 'PUT',
        group: 'Keep maps',
        path: `${base}/alias/:alias`,
        summary: 'Point an alias at a version',
        scope: 'admin',
      },
      ...{
        params: aliased,
        body: v.strictObject({ version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }),
        answers: found,
        example: async ({ maps }) => {
          const place = await exampleVersion(registry, maps)
          return (
            place && {
              params: { name: place.name, alias: 'tried' },
              bodies: { 'application/json': { version: place.version } },
            }
          )
        },
      },
    },
    async ({ params: { name, alias }, body: { version } }) => {
      if (!(await registry.setAlias(name, alias, version))) await versionOf(registry, name, { version })
      return versionOf(registry, name, { version })
    },
  )
  routes.on(
    {
      ...{
        method: 'DELETE',
        group: 'Keep maps',
        path: `${base}/alias/:alias`,
        summary: 'Remove an alias',
        scope: 'admin',
      },
      ...{ params: aliased, answers: done },
    },
    async ({ params: { name, alias }, reply }) => {
      if (!(await registry.setAlias(name, alias, null))) await versionOf(registry, name, { alias })
      return reply.code(204).send()
    },
  )
  routes.on(
    {
      ...{
        method: 'PUT',
        group: 'Keep maps',
        path: `${base}/versions/:version/tags`,
        summary: 'Replace the tags of a version',
        scope: 'train',
      },
      ...{ params: numbered, body: tagsSchema, answers: found },
      // Tags are put in place of those there are: whose, is for the reader to choose.
      example: async () => ({ bodies: { 'application/json': { note: 'words beside it' } } }),
    },
    async ({ params, body }) => {
      await registry.setTags(params.name, params.version, body)
      return versionOf(registry, params.name, params)
    },
  )
  routes.on(
    {
      ...{
        method: 'DELETE',
        group: 'Keep maps',
        path: `${base}/versions/:version`,
        summary: 'Delete a version permanently',
        scope: 'admin',
      },
      ...{ params: numbered, answers: done },
    },
    async ({ params, reply }) => {
      if (!(await registry.remove(params.name, params.version))) await versionOf(registry, params.name, params)
      return reply.code(204).send()
    },
  )
}

function uploadRoute(routes: Routes, data: Pick<Data, 'registry' | 'tables'>, mostBytes: number): void {
  const { registry, tables } = data
  let working = 0
  routes.on(
    {
      ...{
        method: 'POST',
        group: 'Keep maps',
        path: '/v1/maps/:name/versions',
        summary: 'Upload a model file as the next version',
        scope: 'train',
        isUpload: true,
      },
      params: named,
      query: v.object({
        sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal'))),
        alias: v.optional(aliasSchema),
        tags: v.optional(jsonText(tagsSchema)),
        metrics: v.optional(jsonText(metricsSchema)),
      }),
      media: { 'application/octet-stream': 'binary' },
      answers: { 201: { description: 'The new version', schema: versionAnswer } },
    },
    async ({ params: { name }, query, request, reply }) => {
      if (query.alias !== undefined && !request.caller.scopes.includes('admin'))
        throw new Refused(403, [{ path: 'alias', message: 'expected a key that allows admin' }])
      const version = await spoolUpload(
        request.body,
        tables.aside(),
        mostBytes,
        async ({ digest, bytes, path, read }) => {
          if (query.sha256 !== undefined && query.sha256 !== digest)
            throw new Refused(400, [{ path: 'sha256', message: `expected ${query.sha256}, found ${digest}` }])
          await refuseWithoutRoom(data, request.caller, name, bytes)
          if (working >= AT_ONCE)
            throw new Refused(503, [{ path: '', message: 'other models are being read; try again' }], 1)
          working++
          try {
            const { metrics, tags } = query
            const said = { path, name, ...(metrics && { metrics }), ...(tags && { tags }) }
            const { pool } = request.server
            const deposit = await (bytes <= SMALL_MODEL
              ? checkModel(said)
              : pool.run('checkModel', said, { left: leftBy(request) }))
            return await registry.put(deposit, [await read()])
          } finally {
            working--
          }
        },
      )
      if (query.alias !== undefined) await registry.setAlias(name, query.alias, version.version)
      return reply.code(201).send(await versionOf(registry, name, version))
    },
  )
}
