import type { PresentRow, Row } from '../case.ts'
import { logAxis } from './axes.ts'
import { escaped, px, timeText } from './marks.ts'

const LEFT = 210
const WIDTH = 720
const RIGHT = 90
const LINE = 24
const TOP = 8

/**
 * The median of each contender as a dot and its spread as a line, on a logarithmic axis of seconds. Those whose results
 * differ from ours are hollow. As SVG.
 */
export function timesPlot(rows: readonly Row[]): string {
  const present = rows.filter((row): row is PresentRow => !('absent' in row))
  if (present.length < 2) return ''
  const x = logAxis(
    present.flatMap(({ seconds }) => [seconds.least, seconds.most]),
    LEFT,
    WIDTH - RIGHT,
  )
  const floor = TOP + present.length * LINE
  const ticks = x.ticks.map(
    (tick) =>
      `<path class="grid" d="M${px(x.at(tick))} ${TOP}V${floor}"/><text x="${px(x.at(tick))}" y="${floor + 17}" text-anchor="middle">${timeText(tick)}</text>`,
  )
  const lines = present.map((row, i) => {
    const y = TOP + (i + 0.5) * LINE
    const { median, least, most } = row.seconds
    const colour = row.kind === 'ours' ? 'var(--ours)' : 'var(--peers)'
    const differs = row.agreement?.verdict === 'worse'
    return [
      `<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${escaped(row.kind === 'ours' ? `Som, ${row.name}` : row.name)}</text>`,
      `<path d="M${px(x.at(least))} ${y}H${px(x.at(most))}" stroke="${colour}" stroke-width="2"/>`,
      `<circle cx="${px(x.at(median))}" cy="${y}" r="4.5" fill="${differs ? 'var(--paper)' : colour}" stroke="${colour}" stroke-width="2"/>`,
      `<text x="${px(x.at(most) + 10)}" y="${y + 4}">${row.share < 1 ? '~' : ''}${timeText(Number(median.toPrecision(3)))}</text>`,
    ].join('')
  })
  const title = 'Seconds of each contender, median and spread'
  return [
    `<svg class="times" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${floor + 26}" width="${WIDTH}" height="${floor + 26}" role="img" aria-label="${title}"><title>${title}</title>`,
    ...ticks,
    ...lines,
    '</svg>',
  ].join('\n')
}
