import { js, samplesOf, train } from '@som/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { jsonProblem } from './json-bounds.ts'
import { decode, encode } from './safetensors.ts'
import { decodeModel, encodeModel } from './som-file.ts'

let model: Buffer

beforeAll(async () => {
  const samples = samplesOf([[1, 2], [3, 5], [4, 1], [7, 8]], ['a', 'b']) // biome-ignore format: a table
  const som = await train({ samples, lattice: { rows: 2, columns: 2 }, epochs: 1 }, { backend: js() })
  const written = Buffer.concat(som.map((trained) => encodeModel(trained).unwrapOr([])).unwrapOr([]))
  const { metadata, tensors } = decode(written).unwrapOrElse((problem) => {
    throw new Error(problem)
  })
  // As version 1 wrote it, without a digest, which would find every change first.
  model = Buffer.concat(encode({ metadata: { format: 'som', version: '1', som: metadata.som }, tensors }))
})

const withHeader = (change: (header: string) => string): Uint8Array => {
  const length = Number(model.readBigUInt64LE())
  const header = Buffer.from(
    change(
      model
        .subarray(8, 8 + length)
        .toString()
        .trimEnd(),
    ),
  )
  const start = Buffer.alloc(8)
  start.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([start, header, model.subarray(8 + length)])
}
const refusal = (bytes: Uint8Array): string => {
  const read = decodeModel(bytes)
  return read.isErr ? read.error.issues.map(({ message }) => message).join('\n') : 'taken'
}

describe('the header of a model', () => {
  it('holds the tensors of a map, each once', () => {
    const empty = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    expect(refusal(withHeader((header) => header))).toBe('taken')
    expect(refusal(withHeader((header) => `{"more":${empty},${header.slice(1)}`))).toBe(
      'expected only tensors of a map, found "more"',
    )
    expect(refusal(withHeader((header) => `{"hits":${empty},${header.slice(1)}`))).toBe(
      'expected the header of a map, found two entries named "hits"',
    )
    const many = Array.from({ length: 200_000 }, (_, i) => `"${i}":${empty}`).join(',')
    expect(refusal(withHeader((header) => `{${many},${header.slice(1)}`))).toBe(
      'expected the header of a map, found more than 500 entries',
    )
  })

  it('is no deeper than it must be, in its description too', () => {
    const deep = `${'['.repeat(4e6)}${']'.repeat(4e6)}`
    expect(refusal(withHeader((header) => `{"hits":${deep},${header.slice(1)}`))).toMatch(/nested more than 4 deep/)
    const within = withHeader((header) => header.replace('"som":"{', `"som":"{\\"more\\":${deep},`))
    expect(refusal(within)).toBe('expected the description of a map, found lists and objects nested more than 16 deep')
  })

  it('is at most 16 MiB, or as many bytes as its numbers', () => {
    const long = withHeader((header) => header + ' '.repeat(2 ** 24))
    expect(refusal(long)).toMatch(/^expected a header of at most 16777216 bytes/)
  })

  it('with a long list of what it cannot hold is refused by the first entry', () => {
    const wrong = withHeader((header) => header.replace(/\\"history\\":\[/, `\\"history\\":[${'1,'.repeat(2e6)}`))
    expect(refusal(wrong).split('\n')).toHaveLength(1)
  })
})

describe('JSON', () => {
  const most = { depth: 3, entries: 10 }
  it.each([
    ['{"a":1,"b":{"a":[1,2]}}', null],
    ['["a","a"]', null],
    ['{"a":"a","b":"a"}', null],
    ['{"a":1,"a":2}', 'two entries named "a"'],
    ['[{"x\\"":1,"x\\"":1}]', 'two entries named "x\\""'],
    ['[[[[1]]]]', 'lists and objects nested more than 3 deep'],
    ['[1,1,1,1,1,1,1,1,1,1,1]', 'more than 10 entries'],
    ['"[[[[[[[{,,,,,,,,,,,,,,,,"', null],
    [']]]]', null],
  ])('%s: %s', (text, problem) => expect(jsonProblem(text, most)).toBe(problem))
})
