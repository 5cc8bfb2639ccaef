import type { Verdicts } from '@som/recipes'
import { counted, rowsOfText } from '../text.ts'
import type { ClockEvent } from './clock.ts'
import type { Readings } from './readings.ts'

/** How the rows so far were judged. Plain data. */
export interface Counts {
  readonly rows: number
  readonly normal: number
  readonly notice: number
  readonly alarm: number
  /** Rows without a value in any feature. */
  readonly unknown: number
  /** Lines that could not be read. */
  readonly broken: number
  readonly drifts: number
  readonly sensors: number
  readonly clocks: number
  /** How often a constant column changed. States of older versions do not have this. */
  readonly constants?: number
}

export const NONE: Counts = {
  rows: 0,
  normal: 0,
  notice: 0,
  alarm: 0,
  unknown: 0,
  broken: 0,
  drifts: 0,
  sensors: 0,
  clocks: 0,
  constants: 0,
}

export function plus(counts: Counts, readings: Readings, verdicts: Verdicts, clock: readonly ClockEvent[]): Counts {
  const levels = [0, 0, 0, 0]
  for (const level of verdicts.level) levels[level]++
  const begun = (kind: string): number =>
    verdicts.events.filter((event) => event.kind === kind && event.state !== 'ends' && event.state !== 'back').length
  return {
    rows: counts.rows + readings.rows,
    normal: counts.normal + levels[0],
    notice: counts.notice + levels[1],
    alarm: counts.alarm + levels[2],
    unknown: counts.unknown + levels[3],
    broken: counts.broken + readings.broken.length,
    drifts: counts.drifts + begun('drift'),
    sensors: counts.sensors + begun('sensor'),
    clocks: counts.clocks + clock.length,
    constants: (counts.constants ?? 0) + begun('constant'),
  }
}

/** The counts of a run, as text. */
export function countsText(counts: Counts, output: string): string {
  const { rows, normal, notice, alarm, unknown, broken, drifts, sensors, clocks, constants = 0 } = counts
  const lines: [string, string][] = [
    [
      'rows',
      `${rows}: ${normal} normal, ${counted(notice, 'notice')}, ${counted(alarm, 'alarm')}${unknown > 0 ? `, ${unknown} without a value` : ''}`,
    ],
  ]
  if (broken > 0) lines.push(['broken', `${counted(broken, 'line')} that could not be read`])
  if (drifts > 0) lines.push(['drift', `${counted(drifts, 'time')}`])
  if (sensors > 0) lines.push(['sensors', `${counted(sensors, 'time')} silent or stuck`])
  if (constants > 0) lines.push(['constants', `${counted(constants, 'time')} changed from the value in training`])
  if (clocks > 0) lines.push(['clock', `${counted(clocks, 'time')} set back`])
  return rowsOfText([...lines, ['written to', output]])
}
