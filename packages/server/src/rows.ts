import type { Samples, Som } from '@som/core'
import { firstRecord } from '@som/io'
import { Refused, RequestIssues } from './problem.ts'

/** A row of a request: values by the features' order, or by their names. Null is a missing value. */
type Given = readonly unknown[] | Readonly<Record<string, unknown>>

/** Rows as MLflow's scoring protocol writes them: `dataframe_split`, `dataframe_records`, `instances` or `inputs`. */
export function rowsOfJson(body: unknown, som: Som, most: number): Samples {
  const issues = new RequestIssues()
  const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs']
  const found = isRecord(body) ? forms.filter((form) => form in body) : []
  if (found.length !== 1 || !isRecord(body)) {
    throw new Refused(400, [
      { path: '', message: `expected one of ${forms.join(', ')}, found ${found.join(', ') || 'none'}` },
    ])
  }
  const [form] = found
  const given = body[form]
  if (form === 'dataframe_split') return rowsOfSplit(given, som, most)
  const rows = given
  if (!Array.isArray(rows) || !rows.every((row) => Array.isArray(row) || isRecord(row))) {
    throw new Refused(400, [{ path: form, message: 'expected a list of rows, each a list or an object' }])
  }
  return samplesOf(rows, form, som, most, issues)
}

function rowsOfSplit(given: unknown, som: Som, most: number): Samples {
  const { columns, data } = isRecord(given) ? given : {}
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) {
    throw new Refused(400, [{ path: 'dataframe_split', message: 'expected columns and data, a list of lists' }])
  }
  const places = som.features.map(({ name }) => columns.indexOf(name))
  const issues = new RequestIssues()
  som.features.forEach(({ name }, f) => {
    if (places[f] < 0) issues.add(`dataframe_split.columns`, `expected the feature ${JSON.stringify(name)}, found none`)
  })
  issues.refuseAny()
  return samplesOf(
    data.map((row: unknown[]) => places.map((at) => row[at])),
    'dataframe_split.data',
    som,
    most,
    issues,
  )
}

/** Rows of CSV: a line of names, then a line a row; an empty cell is a missing value. */
export function rowsOfCsv(text: string, som: Som, most: number): Samples {
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  const [names = [], ...rows] = lines.map((line) => firstRecord(line, ',', true) ?? [])
  const data = rows.map((cells) => cells.map((cell) => (cell.trim() === '' ? null : Number(cell))))
  return rowsOfSplit({ columns: names, data }, som, most)
}

/** Rows as the Open Inference Protocol writes a tensor: numbers one after another, and their shape. */
export function rowsOfTensor(shape: readonly unknown[], data: readonly unknown[], som: Som, most: number): Samples {
  const width = som.features.length
  const [rows, columns] = shape
  if (shape.length !== 2 || columns !== width || !Number.isInteger(rows) || Number(rows) * width !== data.length) {
    const found = `${shape.join(' x ')} and ${data.length} numbers`
    throw new Refused(400, [{ path: 'inputs[0].shape', message: `expected rows x ${width} numbers, found ${found}` }])
  }
  const listed = Array.from({ length: Number(rows) }, (_, i) => data.slice(i * width, (i + 1) * width))
  return samplesOf(listed, 'inputs[0].data', som, most, new RequestIssues())
}

function samplesOf(rows: readonly Given[], path: string, som: Som, most: number, issues: RequestIssues): Samples {
  const features = som.features.map(({ name }) => name)
  if (rows.length > most)
    throw new Refused(413, [{ path, message: `expected at most ${most} rows, found ${rows.length}` }])
  const data = new Float64Array(rows.length * features.length)
  rows.forEach((row, i) => {
    if (Array.isArray(row) && row.length !== features.length) {
      issues.add(`${path}[${i}]`, `expected ${features.length} values, found ${row.length}`)
    }
    features.forEach((name, f) => {
      const value = Array.isArray(row)
        ? row[f]
        : Object.hasOwn(row, name)
          ? (row as Record<string, unknown>)[name]
          : undefined
      if (value === undefined && !Array.isArray(row))
        issues.add(`${path}[${i}].${name}`, 'expected a number or null, found nothing')
      data[i * features.length + f] = numberOf(value, `${path}[${i}].${name}`, issues)
    })
  })
  issues.refuseAny()
  return { features, rows: rows.length, data }
}

function numberOf(value: unknown, path: string, issues: RequestIssues): number {
  if (value === null || value === undefined) return Number.NaN
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'boolean') return Number(value)
  issues.add(path, `expected a number or null, found ${(JSON.stringify(value) ?? 'none').slice(0, 40)}`)
  return Number.NaN
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
