import { describeOptions, optionAt } from '@som/core/options'
import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { optionSchema } from './option-schema.ts'

interface Described {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Described>>
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
}

const described = (path: string): Described =>
  path
    .split('.')
    .reduce<Described>(
      (group, name) => group.properties?.[name] ?? {},
      toJsonSchema(optionSchema, { errorMode: 'ignore' }) as Described,
    )

const issuesOf = (options: unknown): string[] =>
  v.safeParse(optionSchema, options).issues?.map(({ message }) => message) ?? []

it('the schema of a job has every option of the table, with its range and its default', () => {
  for (const { path, default: usual } of describeOptions()) {
    const option = optionAt(path)
    const found = described(path)
    expect(found.description).toContain(`(default: ${usual})`)
    if (option.kind === 'choice') expect(found.enum).toEqual(option.of)
    if (option.kind !== 'integer' && option.kind !== 'number') continue
    if (option.most !== undefined) expect(found.maximum).toBe(option.most)
    if (option.least !== undefined) expect(found.minimum).toBe(option.least)
    if (option.kind === 'number' && option.above !== undefined) expect(found.exclusiveMinimum).toBe(option.above)
  }
})

it('what only code can give is not an option of a job', () => {
  for (const options of [
    { samples: [[1]] },
    { from: {} },
    { resume: {} },
    { metric: { name: 'own' } },
    { initial: {} },
  ])
    expect(issuesOf(options)).toHaveLength(1)
})

it('a number out of range is refused in the words of the docs', () => {
  expect(issuesOf({ epochs: 0 })).toEqual(['expected an integer from 1 to 1000000000, found 0'])
  expect(issuesOf({ radius: { start: 0 } })).toEqual(['expected a number above 0, found 0'])
  expect(issuesOf({ learningRate: { start: 2 } })).toEqual(['expected a number above 0 and at most 1, found 2'])
  expect(issuesOf({ phases: [{ epochs: 3 }, { epochs: 0 }] })).toHaveLength(1)
})
