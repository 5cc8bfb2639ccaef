import type { Comparison, Drift, Samples, Som } from '@som/core'
import { csvCell } from '@som/io'
import { counted, figure, rowsOfText } from '../text.ts'

/** How many rows or units are listed. */
const LISTED = 10

interface Maps {
  readonly a: string
  readonly b: string
  readonly table: string
  readonly output: string | undefined
}

/** How two maps differ, and the rows that changed most. */
export function comparisonText(found: Comparison, samples: Samples, { output }: Maps): string {
  const known = found.moved.filter((distance) => !Number.isNaN(distance))
  const lines: [string, string][] = [
    ['second map', found.alignment],
    ['neighbours kept', `${percent(found.meanKept)} on average`],
    ['moved', `${figure(known.reduce((sum, x) => sum + x, 0) / known.length)} units on average`],
    ...(output === undefined ? [] : [['written to', output] as [string, string]]),
  ]
  const most = mostChanged(found, samples).map(({ name, kept, moved }): [string, string] => [
    name,
    `kept ${percent(kept)} of its neighbours, moved ${figure(moved)} units`,
  ])
  return `${rowsOfText(lines)}\nrows that changed most\n${rowsOfText(most)}`
}

/** The same as one JSON object. */
export function comparisonJson(found: Comparison, samples: Samples, files: Maps): string {
  const { alignment, meanKept, toFirst } = found
  return `${JSON.stringify({ ...files, alignment, meanKept, units: Array.from(toFirst), mostChanged: mostChanged(found, samples) })}\n`
}

function mostChanged({ kept, moved }: Comparison, samples: Samples) {
  const rows = Array.from(kept.keys()).filter((row) => !Number.isNaN(kept[row]))
  rows.sort((one, other) => kept[one] - kept[other] || (moved[other] || 0) - (moved[one] || 0) || one - other)
  return rows.slice(0, LISTED).map((row) => ({
    name: samples.ids?.[row] ?? `row ${row + 1}`,
    row: row + 1,
    kept: kept[row],
    moved: moved[row],
  }))
}

/** A line for each row, as CSV. */
export function comparisonCsv(
  { unitA, unitB, moved, kept }: Comparison,
  { ids }: Samples,
): {
  readonly names: readonly string[]
  readonly types: readonly ('INTEGER' | 'DOUBLE' | 'VARCHAR')[]
  readonly lines: readonly string[]
} {
  const cell = (x: number): string => (Number.isNaN(x) ? '' : String(x))
  const unit = (x: number): string => (x < 0 ? '' : String(x))
  const names = ['row', ...(ids ? ['id'] : []), 'unit', 'other_unit', 'moved', 'kept']
  const types = [
    'INTEGER' as const,
    ...(ids ? ['VARCHAR' as const] : []),
    ...['INTEGER' as const, 'INTEGER' as const, 'DOUBLE' as const, 'DOUBLE' as const],
  ]
  const rows = Array.from(unitA, (of, row) => {
    const cells = [unit(of), unit(unitB[row]), cell(moved[row]), cell(kept[row])]
    return `${[String(row + 1), ...(ids ? [csvCell(ids[row])] : []), ...cells].join(',')}\n`
  })
  return { names, types, lines: [`${names.join(',')}\n`, ...rows] }
}

interface Tables {
  readonly map: string
  readonly before: string
  readonly after: string
  readonly picture: string | undefined
}

/** Whether rows lie elsewhere on the map, and where they became more or fewer. */
export function driftText(som: Som, found: Drift, { picture }: Tables): string {
  const lines: [string, string][] = [
    ['rows', `${found.before} before, ${found.after} after`],
    ['on other units', `${percent(found.moved)} of the rows, p = ${figure(found.movedP)}`],
    [
      'distance',
      `${figure(found.distanceBefore)} before, ${figure(found.distanceAfter)} after, p = ${figure(found.distanceP)}`,
    ],
    ...(picture === undefined ? [] : [['picture', picture] as [string, string]]),
  ]
  const units = Array.from(found.sharesBefore.keys())
  const apart = (unit: number): number => found.sharesAfter[unit] - found.sharesBefore[unit]
  units.sort((one, other) => Math.abs(apart(other)) - Math.abs(apart(one)) || one - other)
  const { columns } = som.lattice
  const most = units
    .slice(0, LISTED)
    .map((unit): [string, string] => [
      `unit ${unit}`,
      `row ${Math.floor(unit / columns)}, column ${unit % columns}: ${percent(found.sharesBefore[unit])} before, ${percent(found.sharesAfter[unit])} after`,
    ])
  return `${rowsOfText(lines)}\n${counted(most.length, 'unit')} that changed most\n${rowsOfText(most)}`
}

/** The same as one JSON object. */
export function driftJson({ sharesBefore, sharesAfter, ...found }: Drift, files: Tables): string {
  const shares = { sharesBefore: Array.from(sharesBefore), sharesAfter: Array.from(sharesAfter) }
  return `${JSON.stringify({ ...files, ...found, ...shares })}\n`
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
