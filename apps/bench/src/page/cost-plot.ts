import type { Curve } from '../case.ts'
import { logAxis } from './axes.ts'
import { colourOf, escaped, markAt, numberText, px, timeText } from './marks.ts'

const WIDTH = 350
const HEIGHT = 270
const LEFT = 64
const TOP = 30
const RIGHT = 14
const BOTTOM = 46

const NAMES: Readonly<Record<Curve['axis'], string>> = { rows: 'rows, N', units: 'units, K', features: 'features, D' }

/**
 * What an epoch costs along one axis, both axes logarithmic: a line a contender, its spread as a band. Straight at 45
 * degrees is in proportion. As SVG.
 */
export function costPlot(axis: Curve['axis'], curves: readonly Curve[]): string {
  const shown = curves.filter((curve) => curve.axis === axis)
  const contenders = [...new Set(curves.map(({ contender }) => contender))]
  const points = shown.flatMap((curve) => curve.points)
  const x = logAxis(
    points.map((point) => point.x),
    LEFT,
    WIDTH - RIGHT,
  )
  const y = logAxis(
    points.flatMap(({ seconds }) => [seconds.least, seconds.most]),
    HEIGHT - BOTTOM,
    TOP,
  )
  const floor = HEIGHT - BOTTOM
  const grid = y.ticks.map(
    (tick) =>
      `<path class="grid" d="M${LEFT} ${px(y.at(tick))}H${WIDTH - RIGHT}"/><text x="${LEFT - 8}" y="${px(y.at(tick) + 4)}" text-anchor="end">${timeText(tick)}</text>`,
  )
  const ticks = x.ticks.map(
    (tick) =>
      `<path class="axis" d="M${px(x.at(tick))} ${floor}v4"/><text x="${px(x.at(tick))}" y="${floor + 18}" text-anchor="middle">${numberText(tick)}</text>`,
  )
  const lines = shown.map((curve) => {
    const place = contenders.indexOf(curve.contender)
    const path = (of: (point: Curve['points'][number]) => number, list = curve.points): string =>
      list.map((point) => `${px(x.at(point.x))} ${px(y.at(of(point)))}`).join('L')
    const band = `M${path((p) => p.seconds.most)}L${path((p) => p.seconds.least, curve.points.toReversed())}Z`
    const marks = curve.points.map(
      (p) =>
        `<g><title>${escaped(curve.contender)}: ${p.x} ${axis}, ${timeText(p.seconds.median)} (${timeText(p.seconds.least)} to ${timeText(p.seconds.most)})</title>${markAt(place, x.at(p.x), y.at(p.seconds.median))}</g>`,
    )
    return `<path d="${band}" fill="${colourOf(place)}" opacity="0.18"/><path d="M${path((p) => p.seconds.median)}" fill="none" stroke="${colourOf(place)}" stroke-width="1.8"/>${marks.join('')}`
  })
  const title = `Seconds of an epoch by ${axis}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}"><title>${title}</title>`,
    `<text x="${LEFT}" y="16">an epoch, by ${NAMES[axis]}</text>`,
    ...grid,
    `<path class="axis" d="M${LEFT} ${TOP}V${floor}H${WIDTH - RIGHT}"/>`,
    ...ticks,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${NAMES[axis]}</text>`,
    ...lines,
    '</svg>',
  ].join('\n')
}

/** Which mark is whose. */
export function costLegend(curves: readonly Curve[]): string {
  const contenders = [...new Set(curves.map(({ contender }) => contender))]
  const items = contenders.map(
    (name, place) =>
      `<span><svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">${markAt(place, 0, 0)}</svg> ${escaped(name)}</span>`,
  )
  return `<p class="legend">${items.join(' ')}</p>`
}
