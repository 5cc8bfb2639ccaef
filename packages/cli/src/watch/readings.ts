import { setImmediate } from 'node:timers/promises'
import {
  dialectOf,
  firstRecord,
  isWord,
  LineDecimals,
  type LineDecimalsState,
  learnedMark,
  missingWords,
  ProblemError,
  parseJson,
  type Reading,
} from '@som/io'
import type { ReadingFeature } from '@som/recipes'
import { type CellReader, cellReader, type NewLevel, short } from './cell-reader.ts'

/** Readings from lines: those that could be read, and what is wrong with the others. */
export interface Readings {
  readonly rows: number
  /** rows × columns, NaN where one is missing. */
  readonly values: Float64Array
  /** The line of each row, from 1. */
  readonly lines: Float64Array
  /** The time of each row as text, if there is a column for it. */
  readonly times: readonly (string | number | null)[]
  readonly broken: readonly Broken[]
  /** Category cells with levels that training did not have, in row order. */
  readonly newLevels: readonly (NewLevel & { readonly row: number })[]
  /** Lines consumed: all of them, unless reading stopped at a broken one. */
  readonly taken: number
}

export interface Broken {
  readonly line: number
  readonly message: string
}

/** The state of a reader between two calls. Plain data. */
export interface ReaderState {
  /** Lines so far. */
  readonly line: number
  /** Null until the first line that is not empty. */
  readonly format: Format | null
  /** What the lines so far show about points and commas. */
  readonly decimals?: LineDecimalsState
}

type Format =
  | { readonly kind: 'ndjson' }
  | { readonly kind: 'csv'; readonly delimiter: string; readonly names: readonly string[] }

/** Lines read in one go; takes a fraction of a millisecond. */
const LINES_A_TURN = 32

/** Reads NDJSON, or CSV with a header line: the first line decides which. */
export class LineReader {
  /** The columns to read, besides the time. */
  readonly columns: readonly string[]
  private readonly cells: CellReader
  private readonly width: number
  private newLevels: readonly NewLevel[] = []
  private readonly time: string | undefined
  private readonly strict: boolean
  private readonly reading: Reading
  private readonly missing: ReturnType<typeof missingWords>
  private line: number
  private format: Format | null
  private places: Int32Array = new Int32Array(0)
  private timePlace = -1
  private readonly learned: ',' | undefined
  private decimals: LineDecimals

  constructor(
    features: readonly ReadingFeature[],
    time: string | undefined,
    strict: boolean,
    state?: ReaderState,
    reading: Reading = {},
  ) {
    this.cells = cellReader(features)
    this.columns = this.cells.columns
    this.width = features.length
    this.time = time
    this.strict = strict
    this.reading = reading
    this.missing = missingWords(reading.missing)
    this.learned = learnedMark(features)
    this.line = state?.line ?? 0
    this.format = null
    this.decimals = new LineDecimals(',')
    if (state?.format) this.take(state.format, state.decimals)
  }

  snapshot(): ReaderState {
    return { line: this.line, format: this.format, decimals: this.decimals.snapshot() }
  }

  /** The names of a CSV header; null for NDJSON and before the first line. */
  names(): readonly string[] | null {
    return this.format?.kind === 'csv' ? this.format.names : null
  }

  /** Yields to the event loop now and then, while earlier rows are being judged. One call at a time. */
  async read(lines: readonly (string | null)[]): Promise<Readings> {
    const { width } = this
    const values = new Float64Array(lines.length * width)
    const at = new Float64Array(lines.length)
    const times: (string | number | null)[] = []
    const broken: Broken[] = []
    const newLevels: (NewLevel & { row: number })[] = []
    let rows = 0
    let taken = 0
    for (const line of lines) {
      const found = this.one(line, values, rows * width, times)
      if (typeof found === 'string') {
        if (this.strict) {
          broken.push({ line: this.line + 1, message: found })
          break
        }
        broken.push({ line: this.line + 1, message: found })
      }
      if (++taken % LINES_A_TURN === 0) await setImmediate()
      this.line++
      if (found !== true) continue
      for (const one of this.newLevels) newLevels.push({ ...one, row: rows })
      at[rows++] = this.line
    }
    return {
      rows,
      values: values.subarray(0, rows * width),
      lines: at.subarray(0, rows),
      times,
      broken,
      newLevels,
      taken,
    }
  }

  /** True for a row, false for an empty line, or what is wrong. */
  private one(
    line: string | null,
    into: Float64Array,
    at: number,
    times: (string | number | null)[],
  ): boolean | string {
    if (line === null) return 'expected a line of at most 1 MiB, found a longer one'
    if (this.format === null) {
      const text = line.replace(/^\uFEFF/, '')
      if (text.trim() === '') return false
      if (!text.trimStart().startsWith('{')) {
        const { format, isData } = csvFormat(text, this.reading.delimiter)
        this.take(format)
        return isData && this.csv(text, format, into, at, times)
      }
      refuseTextFlags(this.reading)
      this.take({ kind: 'ndjson' })
      return this.json(text, into, at, times)
    }
    return this.format.kind === 'csv' ? this.csv(line, this.format, into, at, times) : this.json(line, into, at, times)
  }

  private json(line: string, into: Float64Array, at: number, times: (string | number | null)[]): boolean | string {
    let row: Record<string, unknown>
    try {
      const found: unknown = parseJson(line)
      if (typeof found !== 'object' || found === null || Array.isArray(found))
        return `expected a JSON object, found ${short(line)}`
      // A non-null object that is not an array is a record of unknown values.
      row = found as Record<string, unknown>
    } catch {
      if (line.trim() === '') return false
      return `expected a JSON object, found ${short(line)}`
    }
    const { columns, missing } = this
    if (missing.texts.size > 0)
      for (const name of Object.keys(row)) if (isWord(row[name], missing)) row = { ...row, [name]: null }
    const cellOf = (c: number): unknown => (Object.hasOwn(row, columns[c]) ? row[columns[c]] : null)
    const wrong = TEXT_WITH_MARK.test(line) ? this.takeMarks(Object.values(row), cellOf) : ''
    const problem = wrong || this.encode(cellOf, into, at)
    if (problem) return problem
    if (this.time !== undefined) {
      const time = row[this.time]
      times.push(typeof time === 'number' || typeof time === 'string' ? time : null)
    }
    return true
  }

  private csv(
    line: string,
    { delimiter, names }: Extract<Format, { kind: 'csv' }>,
    into: Float64Array,
    at: number,
    times: (string | number | null)[],
  ): boolean | string {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    if (text === '') return false
    const cells = text.includes('"') ? firstRecord(text, delimiter, true) : text.split(delimiter)
    if (cells === null) return 'expected a closing quote on the same line, found none'
    if (cells.length !== names.length) return `expected ${names.length} cells as in the header, found ${cells.length}`
    const { places, missing } = this
    if (missing.texts.size > 0) for (const [i, cell] of cells.entries()) if (isWord(cell, missing)) cells[i] = ''
    const hasComma = delimiter === ',' ? text.includes('"') : text.includes(',')
    const cellOf = (c: number): unknown => (places[c] < 0 ? '' : cells[places[c]])
    const wrong = this.decimals.isSettled(text.includes('.'), hasComma) ? '' : this.takeMarks(cells, cellOf)
    const problem = wrong || this.encode(cellOf, into, at)
    if (problem) return problem
    if (this.time !== undefined) times.push(this.timePlace < 0 ? null : cells[this.timePlace])
    return true
  }

  /** What is wrong, or nothing. */
  private encode(cellOf: (column: number) => unknown, into: Float64Array, at: number): string {
    const found = this.cells.read(cellOf, this.decimals.decimals, into, at)
    this.newLevels = typeof found === 'string' ? [] : found
    return typeof found === 'string' ? found : ''
  }

  /** What is wrong with how the numbers of a line are written, or nothing. */
  private takeMarks(cells: readonly unknown[], cellOf: (column: number) => unknown): string {
    const read = (): unknown[] => this.columns.flatMap((_, c) => (this.cells.isNumber(c) ? [cellOf(c)] : []))
    return this.decimals.take(this.line + 1, cells, read)
  }

  private take(format: Format, decimals?: LineDecimalsState): void {
    this.format = format
    const delimiter = format.kind === 'csv' ? format.delimiter : ','
    this.decimals = new LineDecimals(delimiter, { said: this.reading.decimal, learned: this.learned }, decimals)
    if (format.kind !== 'csv') return
    this.places = Int32Array.from(this.columns, (name) => format.names.indexOf(name))
    this.timePlace = this.time === undefined ? -1 : format.names.indexOf(this.time)
  }
}

/** A text in JSON that may be a number with a mark. */
const TEXT_WITH_MARK = /"[ \t]*[+-]?\d*[.,]\d/

/** The names in the first line, as a table in a file has them, or that it holds data already. */
function csvFormat(
  first: string,
  fixed: string | undefined,
): { format: Extract<Format, { kind: 'csv' }>; isData: boolean } {
  const line = first.replace(/\r$/, '')
  const { delimiter, names, header } = dialectOf(line, true, 'the first line', fixed)
  return { format: { kind: 'csv', delimiter, names }, isData: !header }
}

/** As for tables in files: NDJSON says itself what its cells are. */
function refuseTextFlags({ delimiter, decimal }: Reading): void {
  const given = Object.entries({ delimiter, decimal }).flatMap(([name, value]) => (value ? [name] : []))
  if (given.length === 0) return
  const message = `expected a text table (.csv, .tsv, .txt) for ${given.join(', ')}, found NDJSON`
  throw new ProblemError('choice', 'the first line', message)
}
