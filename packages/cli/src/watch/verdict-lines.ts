import { LEVELS, type Verdicts, type WatchEvent } from '@som/recipes'
import type { ClockEvent } from './clock.ts'
import type { Readings } from './readings.ts'

/** Verdicts as NDJSON: one line a row in the order of the rows, with events and broken lines where they came. */
export function verdictLines(readings: Readings, verdicts: Verdicts, clock: readonly ClockEvent[]): string {
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
    text += judged(verdicts, i)
  }
  while (lost < broken.length) text += brokenLine(broken[lost++])
  return text
}

function judged({ level, p, distance, unit, causes }: Verdicts, i: number): string {
  const named = LEVELS[level[i]]
  if (unit[i] < 0) return `"level":"${named}","p":null,"distance":null,"unit":null}\n`
  const told = `"level":"${named}","p":${rounded(p[i])},"distance":${rounded(distance[i])},"unit":${unit[i]}`
  const why = causes.get(i)
  if (why === undefined) return `${told}}\n`
  const shown = why.map(({ feature, share, value, usual }) => ({
    feature,
    share: Number(share.toFixed(3)),
    value,
    usual: typeof usual === 'number' ? Number(usual.toPrecision(6)) : usual,
  }))
  return `${told},"causes":${JSON.stringify(shown)}}\n`
}

/** Six decimals are enough to read, and quick to write. Far distances keep fewer. */
function rounded(x: number): number {
  return x < 1e9 ? Math.round(x * 1e6) / 1e6 : x
}

function eventLine(line: number, { at: _, kind, ...rest }: WatchEvent | ClockEvent): string {
  return `${JSON.stringify({ line, event: kind, ...rest })}\n`
}

function brokenLine({ line, message }: { readonly line: number; readonly message: string }): string {
  return `${JSON.stringify({ line, event: 'broken', message })}\n`
}
