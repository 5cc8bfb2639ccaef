import type { Samples } from '@som/core'
import { Refused, RequestIssues } from '../problem.ts'
import { DATATYPE_NAMES, datatypeOf } from './datatypes.ts'
import type { RowReader } from './row-reader.ts'
import { rowsOfColumns, samplesOfRows } from './rows.ts'

/** A tensor of the Open Inference Protocol in a request. */
export interface GivenTensor {
  readonly name?: string
  readonly datatype?: string
  readonly shape: readonly number[]
  readonly data: readonly unknown[]
}

/**
 * Rows from one tensor of rows x features, or from one tensor per column, under the column's name. Throws a `Refused`
 * with every issue.
 */
export function rowsOfTensors(tensors: readonly GivenTensor[], reader: RowReader, most: number): Samples {
  const issues = new RequestIssues()
  const width = reader.features.length
  const [first] = tensors
  const isTable = tensors.length === 1 && !isColumn(first, reader)
  if (isTable && (first.shape.length !== 2 || first.shape[1] !== width)) {
    const found = first.shape.slice(0, 8).join(' x ').slice(0, 100) || 'no size'
    issues.add('inputs[0].shape', `expected rows x ${width}, found ${found}`)
  }
  const named = new Set<string | undefined>()
  tensors.forEach((tensor, t) => {
    const path = `inputs[${t}]`
    if (!isTable) {
      const [, second = 1] = tensor.shape
      if (tensor.shape.length < 1 || tensor.shape.length > 2 || second !== 1)
        issues.add(`${path}.shape`, 'expected one value per row: rows, or rows x 1')
      if (tensor.name === undefined) issues.add(`${path}.name`, 'expected the name of a column, found none')
      else if (named.has(tensor.name))
        issues.add(`${path}.name`, `expected each column once, found ${JSON.stringify(tensor.name)} again`)
      named.add(tensor.name)
    }
    checkShape(tensor, path, issues)
  })
  issues.refuseAny()
  tensors.forEach((tensor, t) => {
    checkValues(tensor, `inputs[${t}].data`, issues)
  })
  issues.refuseAny()
  if (!isTable)
    return rowsOfColumns(Object.fromEntries(tensors.map(({ name, data }) => [name, data.flat()])), reader, most)
  const flat = first.data.flat()
  const [rows] = first.shape
  if (rows > most)
    throw new Refused(413, [{ path: 'inputs[0].shape', message: `expected at most ${most} rows, found ${rows}` }])
  const lists = Array.from({ length: rows }, (_, i) => flat.slice(i * width, (i + 1) * width))
  return samplesOfRows(lists, 'inputs[0].data', reader, most)
}

function isColumn({ name, shape }: GivenTensor, { features, cells }: RowReader): boolean {
  const isNamed = name !== undefined && (features.includes(name) || cells.columns.includes(name))
  return isNamed && (shape.length === 1 || shape[1] === 1)
}

/** The data are one flat list, or lists nested according to the shape. */
function checkShape({ shape, data }: GivenTensor, path: string, issues: RequestIssues): void {
  if (!shape.every((size) => size >= 0)) {
    issues.add(`${path}.shape`, 'expected sizes of at least 0')
    return
  }
  const nested = data.some(Array.isArray)
  const wanted = nested ? shape[0] : shape.reduce((product, size) => product * size, 1)
  if (data.length !== wanted)
    issues.add(`${path}.data`, `expected ${wanted} ${nested ? 'rows' : 'values'} by its shape, found ${data.length}`)
  if (!nested) return
  data.forEach((row, i) => {
    const found = Array.isArray(row) ? row.length : 'a single value'
    if (found !== shape[1] || shape.length !== 2)
      issues.add(`${path}.data[${i}]`, `expected ${shape[1] ?? 'a single'} values by its shape, found ${found}`)
  })
}

function checkValues({ datatype, data }: GivenTensor, path: string, issues: RequestIssues): void {
  if (datatype === undefined) return
  const type = datatypeOf(datatype)
  if (type === undefined) {
    issues.add(
      path.replace(/data$/, 'datatype'),
      `expected one of ${DATATYPE_NAMES.join(', ')}, found ${JSON.stringify(datatype).slice(0, 40)}`,
    )
    return
  }
  const check = (value: unknown, at: string): void => {
    if (value === null || type.holds(value)) return
    const found = Array.isArray(value) ? 'a list' : String(JSON.stringify(value)).slice(0, 40)
    issues.add(
      at,
      `expected ${datatype}: ${type.range}, or null, found ${value === Infinity || value === -Infinity ? 'a number too large to hold' : found}`,
    )
  }
  data.forEach((row, i) => {
    if (Array.isArray(row))
      row.forEach((value, k) => {
        check(value, `${path}[${i}][${k}]`)
      })
    else check(row, `${path}[${i}]`)
  })
}
