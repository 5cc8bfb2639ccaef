import { type Samples, trimCell } from '@som/core'
import { cellNumber, type Decimals, decimalsOf, LineDecimals, NOTHING_PROVEN, type Proven, provenBy } from '@som/io'
import { Refused, RequestIssues } from '../problem.ts'
import { columnPlaces, labelOf } from './column-places.ts'
import { csvRecords } from './csv-records.ts'
import type { RowReader } from './row-reader.ts'

/** A row of a request: values in feature order, or by column name. Null is a missing value. */
type Given = readonly unknown[] | Readonly<Record<string, unknown>>

/** Rows in the forms of MLflow's scoring protocol: `dataframe_split`, `dataframe_records`, `instances` or `inputs`. */
export function rowsOfJson(body: unknown, reader: RowReader, most: number): Samples {
  const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs']
  const found = isRecord(body) ? forms.filter((form) => Object.hasOwn(body, form)) : []
  if (found.length !== 1 || !isRecord(body)) {
    throw new Refused(400, [
      { path: '', message: `expected one of ${forms.join(', ')}, found ${found.join(', ') || 'none'}` },
    ])
  }
  const [form] = found
  const given = body[form]
  if (form === 'dataframe_split') return rowsOfSplit(given, reader, most)
  if (form === 'inputs' && isRecord(given)) return rowsOfColumns(given, reader, most)
  if (!Array.isArray(given))
    throw new Refused(400, [{ path: form, message: 'expected a list of rows, each a list or an object' }])
  const issues = new RequestIssues()
  const { length } = reader.cells.columns
  given.forEach((row, i) => {
    if (!Array.isArray(row) && !isRecord(row))
      issues.add(`${form}[${i}]`, `expected a row, a list of ${length} values or an object, found ${shown(row)}`)
  })
  issues.refuseAny()
  return samplesOfRows(given, form, reader, most)
}

/** How messages name the parts of a table: as the request wrote them. */
interface TableNames {
  readonly header: string
  /** All rows. */
  readonly rows: string
  /** A row, counted from 0. */
  row(i: number): string
  cell(i: number, column: string): string
}

function rowsOfSplit(given: unknown, reader: RowReader, most: number): Samples {
  const { columns, data } = isRecord(given) ? given : {}
  if (!Array.isArray(columns) || !Array.isArray(data)) {
    throw new Refused(400, [{ path: 'dataframe_split', message: 'expected columns and data, a list of lists' }])
  }
  const row = (i: number): string => `dataframe_split.data[${i}]`
  const cell = (i: number, column: string): string => `${row(i)}.${column}`
  return rowsOfTable(
    columns,
    data,
    { header: 'dataframe_split.columns', rows: 'dataframe_split.data', row, cell },
    reader,
    most,
  )
}

/** Rows under column names. Each row has one value per column, and each name occurs once. */
function rowsOfTable(
  columns: readonly unknown[],
  data: readonly unknown[],
  names: TableNames,
  reader: RowReader,
  most: number,
  delimiter = ',',
): Samples {
  checkCount(data.length, most, names.rows)
  const issues = new RequestIssues()
  const { places, isByFeature, label } = columnPlaces(columns, reader, names.header, issues)
  data.forEach((row, i) => {
    if (!Array.isArray(row))
      issues.add(names.row(i), `expected a list of ${columns.length} values, found ${shown(row)}`)
    else if (row.length !== columns.length)
      issues.add(names.row(i), `expected ${columns.length} values, one per column, found ${row.length}`)
  })
  issues.refuseAny()
  const write = isByFeature ? writeNumbers : writeCells
  const decimals = decimalsIn(data, delimiter, reader)
  const out = new Float64Array(data.length * reader.features.length)
  data.forEach((row, i) => {
    if (!Array.isArray(row)) return
    write(
      reader,
      (k) => row[places[k]],
      decimals,
      out,
      i,
      (column) => names.cell(i, column),
      issues,
    )
  })
  issues.refuseAny()
  const labels = label < 0 ? undefined : data.map((row) => labelOf(Array.isArray(row) ? row[label] : null))
  return { features: reader.features, rows: data.length, data: out, ...(labels && { labels }) }
}

/**
 * Rows as one list per column, as MLflow's client writes a dictionary of arrays. Messages name a list
 * `${path}.${column}`.
 */
export function rowsOfColumns(
  given: Readonly<Record<string, unknown>>,
  reader: RowReader,
  most: number,
  path = 'inputs',
): Samples {
  const columns = Object.keys(given)
  const issues = new RequestIssues()
  const lists = columns.map((name): readonly unknown[] => {
    const list = given[name]
    if (Array.isArray(list)) return list
    issues.add(`${path}.${name}`, 'expected a list with one value per row')
    return []
  })
  const rows = lists[0]?.length ?? 0
  lists.forEach((list, c) => {
    if (list.length !== rows && Array.isArray(given[columns[c]]))
      issues.add(`${path}.${columns[c]}`, `expected ${rows} values, as in ${columns[0]}, found ${list.length}`)
  })
  issues.refuseAny()
  checkCount(rows, most, path)
  const names: TableNames = {
    header: path,
    rows: path,
    row: (i) => `${path}[${i}]`,
    cell: (i, column) => `${path}.${column}[${i}]`,
  }
  const data = Array.from({ length: rows }, (_, i) => lists.map((list) => list[i]))
  return rowsOfTable(columns, data, names, reader, most)
}

/** CSV rows: a line of names, then one line per row. Messages count lines from 1. */
export function rowsOfCsv(text: string, reader: RowReader, most: number): Samples {
  const { delimiter, records } = csvRecords(text, most)
  const [header, ...rows] = records
  const issues = new RequestIssues()
  for (const { line, cells } of records) {
    if (cells === null) issues.add(`line ${line}`, 'expected a closing quote, found the end of the line')
  }
  issues.refuseAny()
  const row = (i: number): string => `line ${rows[i].line}`
  const names: TableNames = {
    header: `line ${header?.line ?? 1}`,
    rows: 'lines',
    row,
    cell: (i, column) => `${row(i)}.${column}`,
  }
  const data = rows.map(({ cells }) => cells)
  const columns = header?.cells?.map(trimCell) ?? []
  return rowsOfTable(columns, data, names, reader, most, delimiter)
}

/** Rows that come one after another: how many came before, and what is known of the marks in their numbers. */
export interface RowsSoFar {
  rows: number
  readonly decimals: LineDecimals
}

export const noRowsYet = ({ learned }: RowReader): RowsSoFar => ({
  rows: 0,
  decimals: new LineDecimals(',', { learned }, undefined, 'of line'),
})

/**
 * Rows as lists or objects. Where they come one after another, messages count them from those before, and a mark is
 * decimal by the rows up to its own; else by all of them. Throws a `Refused` with every issue.
 */
export function samplesOfRows(
  rows: readonly Given[],
  path: string,
  reader: RowReader,
  most: number,
  before?: RowsSoFar,
): Samples {
  checkCount(rows.length, most, path)
  const issues = new RequestIssues()
  const width = reader.features.length
  const data = new Float64Array(rows.length * width)
  const all = before === undefined ? decimalsIn(rows, ',', reader) : undefined
  const first = before?.rows ?? 0
  const { label } = reader
  rows.forEach((row, i) => {
    const at = `${path}[${first + i}]`
    const wrong = before && marksIn(row, before.decimals, first + i + 1, reader)
    if (wrong) issues.add(at, wrong)
    const decimals = all ?? before?.decimals.decimals ?? POINTS
    if (label !== undefined && (isList(row) || !Object.hasOwn(row, label)))
      issues.add(isList(row) ? at : `${at}.${label}`, `expected the label under ${JSON.stringify(label)}, found none`)
    if (isList(row)) {
      writeList(reader, row, decimals, data, i, at, issues)
      return
    }
    const { columns } = reader.cells
    if (reader.isMade && !columns.every((name) => Object.hasOwn(row, name)) && hasAll(row, reader.features)) {
      writeNumbers(
        reader,
        (f) => row[reader.features[f]],
        decimals,
        data,
        i,
        (name) => `${at}.${name}`,
        issues,
      )
      return
    }
    for (const name of columns) {
      const what = reader.features.includes(name) ? 'a number' : 'a value'
      if (!Object.hasOwn(row, name)) issues.add(`${at}.${name}`, `expected ${what} or null, found nothing`)
    }
    writeCells(
      reader,
      (c) => ownValue(row, columns[c]),
      decimals,
      data,
      i,
      (name) => `${at}.${name}`,
      issues,
    )
  })
  issues.refuseAny()
  if (before !== undefined) before.rows += rows.length
  const labels = label === undefined ? undefined : rows.map((row) => labelOf(isList(row) ? null : row[label]))
  return { features: reader.features, rows: rows.length, data, ...(labels && { labels }) }
}

/** What is wrong with how the numbers of a row are written, or nothing. */
function marksIn(row: Given, decimals: LineDecimals, line: number, reader: RowReader): string {
  const values = Object.values(row)
  const hasText = values.some((value) => typeof value === 'string')
  return hasText ? decimals.take(line, values, () => readOf(row, reader)) : ''
}

/** The values of a row that are read as numbers. */
function readOf(row: Given, { cells, given }: RowReader): readonly unknown[] {
  if (isList(row)) return row
  return cells.columns.flatMap((name, c) => (given.isNumber(c) ? [ownValue(row, name)] : []))
}

const POINTS = decimalsOf(',', NOTHING_PROVEN)

function writeList(
  reader: RowReader,
  row: readonly unknown[],
  decimals: Decimals,
  into: Float64Array,
  i: number,
  at: string,
  issues: RequestIssues,
): void {
  const { columns } = reader.cells
  if (row.length === reader.features.length)
    writeNumbers(
      reader,
      (f) => row[f],
      decimals,
      into,
      i,
      (name) => `${at}.${name}`,
      issues,
    )
  else if (row.length === columns.length)
    writeCells(
      reader,
      (c) => row[c],
      decimals,
      into,
      i,
      (name) => `${at}.${name}`,
      issues,
    )
  else {
    const wanted = reader.isMade ? `${reader.features.length} or ${columns.length}` : reader.features.length
    issues.add(at, `expected ${wanted} values, found ${row.length}`)
  }
}

/** A row by the columns that the features were made from. */
function writeCells(
  { cells, given, features }: RowReader,
  cellOf: (column: number) => unknown,
  decimals: Decimals,
  into: Float64Array,
  i: number,
  at: (column: string) => string,
  issues: RequestIssues,
): void {
  const read = (c: number): unknown => given.cell(c, cellOf(c), decimals)
  cells.encode(read, into, i * features.length, (column, expected) => {
    const found = shown(cellOf(cells.columns.indexOf(column)))
    issues.add(at(column), `expected ${expected}, found ${found}`)
  })
}

/** A row by the numbers of its features. */
function writeNumbers(
  { features }: RowReader,
  given: (feature: number) => unknown,
  decimals: Decimals,
  into: Float64Array,
  i: number,
  at: (column: string) => string,
  issues: RequestIssues,
): void {
  features.forEach((name, f) => {
    const value = given(f)
    const number = numberOf(value, decimals)
    into[i * features.length + f] = number ?? Number.NaN
    if (number === null || Math.abs(number) === Number.POSITIVE_INFINITY)
      issues.add(at(name), `expected a number or null, found ${shown(value)}`)
  })
}

/** NaN for a missing value, null for what is not a number. */
function numberOf(value: unknown, decimals: Decimals): number | null {
  if (value === null || value === undefined) return Number.NaN
  if (typeof value === 'string') return cellNumber(value, decimals)
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : null
}

/** What points and commas are in texts of a request, by all of its rows. */
function decimalsIn(rows: readonly unknown[], delimiter: string, { learned }: RowReader): Decimals {
  const proven = rows.reduce<Proven>(
    (before, row) => (typeof row === 'object' && row !== null ? provenBy(Object.values(row), before) : before),
    NOTHING_PROVEN,
  )
  return decimalsOf(delimiter, proven, { learned })
}

function checkCount(rows: number, most: number, path: string): void {
  if (rows > most) throw new Refused(413, [{ path, message: `expected at most ${most} rows, found ${rows}` }])
}

const hasAll = (row: object, names: readonly string[]): boolean => names.every((name) => Object.hasOwn(row, name))

const ownValue = (row: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(row, name) ? row[name] : undefined

/** What was found, in few words: a list may be deeper than JSON can be written. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number too large to hold'
  return isRecord(value) ? 'an object' : (JSON.stringify(value) ?? 'none').slice(0, 40)
}

const isList = (row: Given): row is readonly unknown[] => Array.isArray(row)

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
