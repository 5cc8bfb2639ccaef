import { notOneOf, suggest } from '@som/core'
import type * as v from 'valibot'

/** What valibot calls the kinds of JSON, and what people do. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'an object',
  Array: 'a list',
  null: 'null',
}

/** An issue of valibot in our words; messages that a schema brings itself stay as they are. */
export function schemaMessage(issue: v.BaseIssue<unknown>, schema?: v.GenericSchema): string {
  const { message, expected, received, input } = issue
  if (!message.startsWith('Invalid ')) return message
  if (expected === 'never') return noSuchProperty(issue, schema)
  if (message.startsWith('Invalid key')) return 'expected a value, found none'
  if (message.startsWith('Invalid safe integer')) return `expected an integer, found ${received}`
  const choices = Array.from(expected?.matchAll(/"([^"]*)"/g) ?? [], ([, choice]) => choice)
  if (choices.length > 1 && !(expected ?? '').startsWith('/')) return notOneOf(input, choices)
  const kinds = Array.from(expected?.matchAll(/\w+/g) ?? [], ([word]) => KINDS[word])
  if (kinds.length > 0 && kinds.every((kind) => kind !== undefined))
    return `expected ${[...new Set(kinds)].join(' or ')}, found ${KINDS[received] ?? received}`
  return message
    .replace(/^Invalid [^:]+: /, '')
    .replace(/^Expected/, 'expected')
    .replace(' but received', ', found')
}

/** The keys of an object that its schema does not have, where an issue is about one of them. */
export function unknownKeys({ path }: v.BaseIssue<unknown>, schema: v.GenericSchema | undefined): string[] {
  const known = new Set(knownKeys(path, schema))
  const given = path?.at(-1)?.input
  if (known.size === 0 || typeof given !== 'object' || given === null) return []
  return Object.keys(given).filter((key) => !known.has(key))
}

function knownKeys(path: v.BaseIssue<unknown>['path'], schema: v.GenericSchema | undefined): string[] {
  return keysOf(path?.slice(0, -1).reduce<unknown>((at, { key }) => within(at, String(key)), schema))
}

/** A key that an object does not have, with those that it has. */
function noSuchProperty({ path }: v.BaseIssue<unknown>, schema: v.GenericSchema | undefined): string {
  const known = knownKeys(path, schema)
  const near = suggest(String(path?.at(-1)?.key ?? ''), known)
  if (near !== undefined) return `no such property; did you mean ${near}?`
  return known.length === 0 ? 'no such property; leave it out' : `no such property; there are ${known.join(', ')}`
}

/** Schemas as far as a path leads through them. */
interface Level {
  readonly entries?: Readonly<Record<string, unknown>>
  readonly wrapped?: unknown
  readonly pipe?: readonly unknown[]
}

/** The objects that a schema stands for: optional ones and those in a pipe are looked into. */
function entriesOf(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  const { entries, wrapped, pipe } = schema as Level
  return entries ?? (wrapped === undefined ? pipe?.map(entriesOf).find(Boolean) : entriesOf(wrapped))
}

const within = (schema: unknown, key: string): unknown => entriesOf(schema)?.[key]
const keysOf = (schema: unknown): string[] => Object.keys(entriesOf(schema) ?? {})
