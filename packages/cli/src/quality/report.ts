import type { Diagnosis, Measure, Quality } from '@som/core'
import { counted, figure } from '../text.ts'

/**
 * One line per measure (name, figure, interval if it was estimated on drawn rows, how it was measured), then what
 * stands out.
 */
export function qualityText({ rows, emptyRows, measures }: Quality, findings: readonly Diagnosis[]): string {
  const cells = measures.map((measure) => [wordsOf(measure.name), figureOf(measure), noteOf(measure)])
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column].length)))
  const empty = emptyRows > 0 ? `, ${emptyRows} of them without any value and ignored` : ''
  const lines = cells.map(([name, value, note]) => `${name.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${note}\n`)
  const told = findings.map(({ kind, finding, advice }) => `${kind}: ${finding}; ${advice}\n`)
  if (told.length === 0) told.push('nothing stands out\n')
  return `${counted(rows, 'row')}${empty}\n\n${lines.join('')}\n${told.join('')}`
}

/** Every figure as one JSON object; a figure that does not exist is null. */
export function qualityJson(
  { units, topographicFunction, symptoms: _, ...rest }: Quality,
  findings: readonly Diagnosis[],
  map: string,
  table: string,
): string {
  const listed = Object.entries(units).map(([name, values]) => [name, Array.from(values)])
  const body = {
    map,
    table,
    ...rest,
    findings,
    topographicFunction: { ...topographicFunction, values: Array.from(topographicFunction.values) },
    units: Object.fromEntries(listed),
  }
  return `${JSON.stringify(body)}\n`
}

const wordsOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function figureOf({ value, interval }: Measure): string {
  if (Number.isNaN(value)) return 'none'
  return interval === null
    ? figure(value)
    : `${figure(value)} ±${Number(((interval[1] - interval[0]) / 2).toPrecision(2))}`
}

function noteOf({ better, convention }: Measure): string {
  return `${better === null ? 'near 0 is best' : `${better} is better`}; ${convention}`
}
