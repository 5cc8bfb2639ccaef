import { VERSION } from '@som/core'
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { choicesIn } from './choices.ts'
import { descriptionOf } from './documented.ts'
import type { Example } from './example.ts'
import { GROUPS } from './groups.ts'
import type { Answer, Operation } from './operation.ts'

type Json = Readonly<Record<string, unknown>>
type Any = Operation<unknown, unknown, unknown>

/**
 * What the server does as OpenAPI 3.1, made of the schemas that check requests, with an example where there is one:
 * https://spec.openapis.org/oas/v3.1.0
 */
export function openApiDocument(operations: readonly Any[], examples: ReadonlyMap<Any, Example>): Json {
  const used = new Set<string>(operations.map(({ group }) => group))
  const groups = Object.entries(GROUPS).filter(([name]) => used.has(name))
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, examples.get(operation)) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'som',
      version: VERSION,
      description: 'Self-organising maps as a service.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { header: [] }],
    tags: groups.map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        header: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
      },
      schemas: { Problem: PROBLEM },
    },
  }
}

/** A problem document, RFC 9457. */
const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

function describe(operation: Any, { params: values = {}, bodies = {} }: Example = {}): Json {
  const { method, path, summary, group, scope, query, body, media = {}, answers } = operation
  const forms = { ...(body && { 'application/json': schemaOf(body) }), ...mapValues(media, mediaSchema) }
  const content = mapValues(forms, (schema, type) => ({ schema, ...(type in bodies && { example: bodies[type] }) }))
  const choices = [...new Set(Object.values(forms).map(choicesIn))].filter((text) => text !== '').join('\n\n')
  const parameters = [...pathParameters(operation), ...queryParameters(query)]
  const withExample = (each: Parameter): Json => ({
    ...each,
    ...(each.name in values && { example: String(values[each.name]) }),
  })
  return {
    operationId: idOf(method, path),
    summary,
    tags: [group],
    ...(scope === null ? { security: [] } : { description: `Needs a key that allows ${scope}.` }),
    parameters: parameters.map(withExample),
    ...(Object.keys(content).length > 0 && {
      requestBody: { ...(choices !== '' && { description: choices }), required: true, content },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer)])),
      default: {
        description: 'The request failed; the body says why',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function describeAnswer({ description, type = 'application/json', schema }: Answer): Json {
  const isText = type.startsWith('text/') || type.endsWith('xml')
  if (!schema && type === 'application/json') return { description }
  return { description, content: { [type]: { schema: schema ? schemaOf(schema) : isText ? { type: 'string' } : {} } } }
}

const mediaSchema = (form: v.GenericSchema | 'binary' | 'text'): Json =>
  form === 'text' ? { type: 'string' } : form === 'binary' ? {} : schemaOf(form)

function schemaOf(schema: v.GenericSchema): Json {
  const { $schema: _, ...found } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema }) => descriptionOf(valibotSchema),
  })
  return found
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: Json
}

function pathParameters({ path, params, choices = {} }: Any): Parameter[] {
  const known = propertiesOf(params)
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: known[name] ?? { type: 'string', ...(name in choices && { enum: choices[name] }) },
  }))
}

function queryParameters(query: v.GenericSchema | undefined): Parameter[] {
  return Object.entries(propertiesOf(query)).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}

function propertiesOf(schema: v.GenericSchema | undefined): Readonly<Record<string, Json>> {
  const { properties } = schema ? schemaOf(schema) : {}
  // JSON Schema's own form: an object of schemas.
  return (properties ?? {}) as Readonly<Record<string, Json>>
}

const mapValues = <T, U>(from: Readonly<Record<string, T>>, make: (value: T, key: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, make(value, key)]))

/** A name for each operation: `getV1MapsByNameVersions`. */
function idOf(method: string, path: string): string {
  const words = path.split(/[/.]/).filter((word) => word !== '')
  const named = words.map((word) => word.replace(/^:(\w)/, (_, letter: string) => `By${letter.toUpperCase()}`))
  return (
    method.toLowerCase() +
    named
      .map(
        (word) =>
          word[0].toUpperCase() + word.slice(1).replace(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase()),
      )
      .join('')
  )
}
