import type { SamplePart, SampleParts } from '@som/core'
import type Result from 'true-myth/result'
import type { Selection } from './features.ts'
import { featureChunks, inputsOf, type OnNewLevel } from './features.ts'
import { type Problem, settle } from './problem.ts'
import { changed, checkNames, checkWeight } from './read-samples.ts'
import type { Table } from './table.ts'

/** Rows and numbers of a part, at most: a few megabytes. */
const PART_ROWS = 2 ** 15
const PART_NUMBERS = 2 ** 21

/** Rows of a part, at most, with so many numbers each. */
export const mostRows = (width: number): number =>
  Math.max(1, Math.min(PART_ROWS, Math.floor(PART_NUMBERS / Math.max(1, width))))

/** Room for so many numbers of the same type. */
export const numbersLike = (data: SamplePart['data'], length: number): SamplePart['data'] =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)

/**
 * The selected columns of a table, read from disk in each pass: for tables that do not fit in memory. The table must
 * stay open meanwhile.
 */
export function samplePartsOf(
  table: Table,
  selection: Selection,
  onNewLevel?: OnNewLevel,
): Promise<Result<SampleParts, Problem>> {
  return settle(async () => {
    const inputs = await inputsOf(table, selection)
    const features = inputs.map(({ name }) => name)
    checkNames(table, features)
    const weight = selection.weight
    const numbers = weight === undefined ? inputs : [...inputs, { name: 'weight', column: weight }]
    let told = onNewLevel
    return {
      features,
      ...(inputs.some(({ source }) => source) && { sources: inputs.map(({ source }) => source) }),
      ...(table.decimal && { decimal: table.decimal }),
      rows: table.rows,
      async *parts() {
        let from = 0
        for await (const chunk of together(featureChunks(table, numbers, [], told), numbers.length)) {
          if (from + chunk.rows > table.rows) throw changed(table)
          yield weight === undefined ? chunk : withWeights(table, chunk, features.length, from)
          from += chunk.rows
        }
        if (from !== table.rows) throw changed(table)
        // Report each only once.
        told = undefined
      },
    }
  })
}

/** Merges small chunks into larger parts. A part is valid until the next is requested. */
export async function* together(
  chunks: AsyncIterable<{ readonly rows: number; readonly numbers: SamplePart['data'] }>,
  width: number,
): AsyncGenerator<SamplePart> {
  const most = mostRows(width)
  let data: SamplePart['data'] = new Float64Array(0)
  let rows = 0
  for await (const chunk of chunks) {
    if (rows + chunk.rows > most && rows > 0) {
      yield { rows, data: data.subarray(0, rows * width) }
      rows = 0
    }
    if (chunk.rows > most) yield { rows: chunk.rows, data: chunk.numbers }
    else {
      // Every chunk of a table has the same type of numbers.
      if (data.length === 0) data = numbersLike(chunk.numbers, most * width)
      data.set(chunk.numbers, rows * width)
      rows += chunk.rows
    }
  }
  if (rows > 0) yield { rows, data: data.subarray(0, rows * width) }
}

function withWeights(table: Table, { rows, data: numbers }: SamplePart, width: number, from: number): SamplePart {
  const data = numbersLike(numbers, rows * width)
  const weights = new Float32Array(rows)
  for (let i = 0; i < rows; i++) {
    const start = i * (width + 1)
    data.set(numbers.subarray(start, start + width), i * width)
    weights[i] = checkWeight(table, numbers[start + width], from + i)
  }
  return { rows, data, weights }
}
