import { type Samples, UNCLUSTERED } from '@som/core'
import { type Bend, countText, noGroupsText, type Segment, sizeText, traitText } from '@som/recipes'
import { calledAs } from '../called-as.ts'
import { counted, listed, rowsOfText, shellWord } from '../text.ts'
import type { Found } from './found.ts'

/** Traits shown per segment in a terminal. */
const TOLD = 4

/** The segments found, as text. */
export function summaryText(found: Found): string {
  const { settings, source, samples, taken, segmentation, notes } = found
  const { som, segments } = segmentation
  const lines: [string, string][] = [
    ['rows', `${samples.rows}${taken.id === undefined ? '' : `, named by ${taken.id}`}`],
    ['columns', listed(columnsOf(found))],
    ...taken.categories.map(({ name, reason }): [string, string] => ['category', `${name}: ${reason}`]),
    ...segmentation.bends.flatMap((bend): [string, string][] =>
      bend.method === 'z-score' ? [] : [[bend.method, `${bend.feature}: ${skewText(bend)}`]],
    ),
    ...leftOutOf(found).map(({ name, reason }): [string, string] => ['left out', `${name}: ${reason}`]),
    ...notes.map((text): [string, string] => ['note', text]),
    ['map', `${som.lattice.rows} x ${som.lattice.columns} units`],
    ['segments', whyText(found)],
    ...(segmentation.unclustered > 0 ? [[UNCLUSTERED, unclusteredText(found)] as [string, string]] : []),
  ]
  const each = segments.map((one) => `\n${one.cluster + 1}  ${one.name}\n${detailsOf(one, samples).join('')}`)
  const files: [string, string][] = [
    ['map file', settings.output],
    ...(settings.out === undefined ? [] : [['table', settings.out] as [string, string]]),
    ...(settings.report === undefined ? [] : [['page', settings.report] as [string, string]]),
  ]
  const own = source === 'standard input' ? 'new.csv' : shellWord(source)
  return `${rowsOfText(lines)}${each.join('')}\n${rowsOfText(files)}\nNext:\n  ${calledAs()} segment ${shellWord(settings.output)} ${own} -o assigned.csv\n`
}

/** The same as one JSON object. */
export function summaryJson(found: Found): string {
  const { settings, source, samples, taken, segmentation, notes } = found
  const { som, segments, tried, links, bends } = segmentation
  return `${JSON.stringify({
    output: settings.output,
    out: settings.out,
    report: settings.report,
    table: source,
    rows: samples.rows,
    id: taken.id,
    columns: columnsOf(found),
    categories: taken.categories,
    bends,
    leftOut: leftOutOf(found),
    notes,
    lattice: som.lattice,
    worthHaving: noGroupsText(segments, som.clusters?.method) === null,
    why: whyText(found),
    tried,
    links,
    unclustered: segmentation.unclustered,
    segments: segments.map((one) => ({
      name: one.name,
      cluster: one.cluster + 1,
      rows: one.rows,
      share: one.share,
      stability: one.stability,
      marks: one.marks.map((mark) => ({ ...mark, text: traitText(mark) })),
      typical: namesOf(samples, one.typical),
      extreme: namesOf(samples, one.extreme),
    })),
  })}\n`
}

/** Why this number of segments, or why no grouping is useful. */
export function whyText({ settings, segmentation }: Found): string {
  const { segments, som } = segmentation
  return (
    noGroupsText(segments, som.clusters?.method) ??
    countText(segments.length, segmentation, settings.options.segments !== undefined)
  )
}

/** How many rows are in no segment. */
export function unclusteredText({ segmentation: { unclustered, segments } }: Found): string {
  const rows = segments.reduce((sum, one) => sum + one.rows, unclustered)
  return `${counted(unclustered, 'row')} (${Math.round((100 * unclustered) / rows)} %)`
}

/** The columns in the map. */
export function columnsOf({ segmentation: { som } }: Found): string[] {
  return [...new Set(som.features.map(({ name, source }) => source?.column ?? name))]
}

/** The columns that are not in the map, left out by the reader or by training. */
export function leftOutOf({ taken, segmentation: { som } }: Found): { name: string; reason: string }[] {
  return [...taken.selection.leftOut, ...som.training.leftOut]
}

/** The skewness of a column, before and after the transform. */
export function skewText({ method, skewness, after }: Bend): string {
  const then = Number.isNaN(after) ? '; as requested' : `, ${after.toFixed(1)} after the transform`
  return `skewness ${skewness.toFixed(1)}${method === 'z-score' ? '' : then}`
}

/** The names of rows. */
export function namesOf({ ids }: Samples, rows: readonly number[]): string[] {
  return rows.map((row) => ids?.[row] ?? `row ${row + 1}`)
}

function detailsOf(one: Segment, samples: Samples): string[] {
  const marks = one.marks.slice(0, TOLD).map(traitText)
  const lines = [
    sizeText(one),
    ...(marks.length > 0 ? marks : ['nothing sets it apart by much']),
    `typical: ${namesOf(samples, one.typical).join(', ')}`,
    ...(one.extreme.length > 0 ? [`extreme: ${namesOf(samples, one.extreme).join(', ')}`] : []),
  ]
  return lines.map((line) => `   ${line}\n`)
}
