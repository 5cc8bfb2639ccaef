import { type AnswerColumn, answersOf, type Matched, type Som } from '@som/core'
import { type Cause, LEVELS, type Verdicts, type WatchEvent } from '@som/recipes'
import type { ClockEvent } from './clock.ts'
import type { Readings } from './readings.ts'

/**
 * What a line has of what the map says about a row: `p`, by the held-out rows, stands in for the p-value by those of
 * training.
 */
export function verdictAnswers(som: Som): AnswerColumn[] {
  return answersOf(som, { second: false }).filter(({ name }) => name !== 'p_value')
}

/** Verdicts as NDJSON: one line per row in row order, with events and broken lines where they occurred. */
export function verdictLines(
  readings: Readings,
  verdicts: Verdicts,
  clock: readonly ClockEvent[],
  answers: readonly AnswerColumn[],
): string {
  const answered = answers.map((column) => jsonCells(column, verdicts))
  const { lines, times, broken, newLevels } = readings
  const events: readonly (WatchEvent | ClockEvent)[] =
    clock.length === 0 ? verdicts.events : [...verdicts.events, ...clock].sort((a, b) => a.at - b.at)
  let text = ''
  let event = 0
  let lost = 0
  let fresh = 0
  for (let i = 0; i < readings.rows; i++) {
    while (lost < broken.length && broken[lost].line < lines[i]) text += brokenLine(broken[lost++])
    while (event < events.length && events[event].at === i) text += eventLine(lines[i], events[event++])
    text += `{"line":${lines[i]},`
    if (times.length > 0) text += `"time":${JSON.stringify(times[i])},`
    if (fresh < newLevels.length && newLevels[fresh].row === i) {
      const cells: [string, string][] = []
      for (; newLevels[fresh]?.row === i; fresh++) cells.push([newLevels[fresh].column, newLevels[fresh].level])
      text += `"new":${JSON.stringify(Object.fromEntries(cells))},`
    }
    const changes = verdicts.changes.get(i)
    if (changes !== undefined) {
      const cells = changes.map(({ column, value, usual }) => [column, { value, usual }])
      text += `"changed":${JSON.stringify(Object.fromEntries(cells))},`
    }
    text += `"level":"${LEVELS[verdicts.level[i]]}","p":${numberText(verdicts.p[i])}`
    for (const cell of answered) text += cell(i)
    text += `${causesText(verdicts.causes.get(i))}}\n`
  }
  while (lost < broken.length) text += brokenLine(broken[lost++])
  return text
}

/** The cells of a column as they stand in a line, its name before each. */
function jsonCells({ name, kind, levels, none, fill }: AnswerColumn, found: Matched): (row: number) => string {
  const into = kind === 'number' ? new Float64Array(found.unit.length) : new Int32Array(found.unit.length)
  fill(found, into)
  const key = `,"${name}":`
  if (kind === 'number') return (row) => key + numberText(into[row])
  const names = levels?.map((level) => JSON.stringify(level))
  const isEmpty = none === undefined ? (x: number) => x < 0 : (x: number) => x === none
  return (row) => key + (isEmpty(into[row]) ? 'null' : (names?.[into[row]] ?? into[row]))
}

const numberText = (x: number): string => (Number.isNaN(x) ? 'null' : String(x))

function causesText(causes: readonly Cause[] | undefined): string {
  if (causes === undefined) return ''
  const shown = causes.map(({ feature, share, value, usual }) => ({
    feature,
    share: Number(share.toFixed(3)),
    value,
    usual: typeof usual === 'number' ? Number(usual.toPrecision(6)) : usual,
  }))
  return `,"causes":${JSON.stringify(shown)}`
}

function eventLine(line: number, { at: _, kind, ...rest }: WatchEvent | ClockEvent): string {
  return `${JSON.stringify({ line, event: kind, ...rest })}\n`
}

function brokenLine({ line, message }: { readonly line: number; readonly message: string }): string {
  return `${JSON.stringify({ line, event: 'broken', message })}\n`
}
