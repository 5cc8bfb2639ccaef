import { componentPlane, type Som } from '@som/core'
import { rangeOf } from '@som/map-view'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { choose, unitsOfRows } from '../state/filters.ts'
import { calmSom, hovered, live } from '../state/store.ts'
import { shortNumber } from '../table/table-data.ts'
import { briefNames } from './brief-names.ts'
import { contextOf, useGestures, useLook } from './canvas.ts'
import { colouring } from './colouring.ts'
import { chooseUnits } from './som-map.tsx'

const MOST_AXES = 24
/** More lines than this are one another's paper. */
const MOST_LINES = 3000
/** Of a map in training. */
const MOST_LIVE = 500
const SIDE = 40
const [ABOVE, BELOW] = [22, 10]

interface Axis {
  readonly name: string
  readonly brief: string
  readonly values: Float64Array
  readonly least: number
  readonly greatest: number
}

/** A line for each unit across an axis for each feature. */
export function Parallel() {
  const box = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const look = useLook(box)
  const [brushed, setBrushed] = useState<{ readonly axis: number; readonly from: number; readonly to: number } | null>(
    null,
  )
  const som = calmSom.value
  const axes = useMemo(() => (som === null ? [] : axesOf(som)), [som])
  const { colours, ofUnit } = colouring.value
  const units = unitsOfRows.value
  const pointed = hovered.value
  const count = som?.codebook.rows ?? 0
  const step = Math.ceil(count / (live.value === null ? MOST_LINES : MOST_LIVE))
  useEffect(() => {
    void look
    const made = contextOf(base.current)
    if (made === null || base.current === null || axes.length < 2) return
    const style = getComputedStyle(base.current)
    const colourOf = (unit: number): string => colours[ofUnit(unit)]
    const isStrong = units === null ? null : (unit: number): boolean => units.has(unit)
    drawLines(made, axes, count, step, colourOf, isStrong)
    drawAxes(made, axes, style.color, style.getPropertyValue('--soft'))
  }, [axes, colours, ofUnit, units, look, count, step])
  useEffect(() => {
    void look
    const made = contextOf(above.current)
    if (made === null || above.current === null) return
    const style = getComputedStyle(above.current)
    if (brushed !== null) {
      made.context.fillStyle = style.getPropertyValue('--accent')
      made.context.globalAlpha = 0.3
      made.context.fillRect(xOf(axes, brushed.axis, made.width) - 8, brushed.from, 16, brushed.to - brushed.from)
      made.context.globalAlpha = 1
    }
    if (pointed === null || pointed >= count || axes.length < 2) return
    const { context } = made
    trace(context, axes, pointed, made)
    for (const [ink, width] of [
      [style.getPropertyValue('--panel'), 5],
      [style.color, 2.5],
    ] as const) {
      context.strokeStyle = ink
      context.lineWidth = width
      context.stroke()
    }
  }, [axes, pointed, look, brushed, count])
  const size = (): Size => ({ width: box.current?.clientWidth ?? 0, height: box.current?.clientHeight ?? 0 })
  const gestures = useGestures({
    onMove: (x, y) => {
      hovered.value = nearestLine(axes, count, step, x, y, size())
    },
    onLeave: () => {
      hovered.value = null
    },
    onClick: (x, y, event) => {
      const unit = nearestLine(axes, count, step, x, y, size())
      chooseUnits({ units: unit === null ? [] : [unit], mode: event.shiftKey ? 'toggle' : 'replace' })
    },
    onDraw: (line, isDone, event) => {
      const { width, height } = size()
      const axis = Math.max(
        0,
        Math.min(axes.length - 1, Math.round(((line[0] - SIDE) / (width - 2 * SIDE)) * (axes.length - 1))),
      )
      const ys = [line[1], line[line.length - 1]].sort((a, b) => a - b)
      setBrushed(isDone ? null : { axis, from: ys[0], to: ys[1] })
      if (!isDone) return
      const within = Array.from({ length: count }, (_, unit) => unit).filter((unit) => {
        const y = yOf(axes[axis], unit, height)
        return y >= ys[0] && y <= ys[1] && (!event.shiftKey || units === null || units.has(unit))
      })
      choose({ units: new Set(within) })
    },
  })
  if (som === null || axes.length < 2) return null
  return (
    <section class="panel" aria-labelledby="parallel-heading">
      <h2 id="parallel-heading">Units across features</h2>
      <p class="soft">
        A line for each unit{step > 1 && ` (every ${step}th of ${count})`}
        {som.features.length > axes.length && `, ${axes.length} of ${som.features.length} features`}. Draw along an axis
        to choose units; with shift, among those that are chosen.
      </p>
      <div class="parallel">
        <div
          ref={box}
          class="points lines"
          role="img"
          aria-label={`A line for each of ${count} units across ${axes.length} features`}
          {...gestures}
        >
          <canvas ref={base} />
          <canvas ref={above} />
        </div>
        <ol class="axes">
          {axes.map(({ name, brief, values }, i) => (
            <li
              key={name}
              title={name}
              style={{ left: `${(100 * i) / (axes.length - 1)}%`, width: `${100 / (axes.length - 1)}%` }}
            >
              {brief}
              <span class="soft">{pointed !== null && pointed < count ? shortNumber(values[pointed]) : ''}</span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  )
}

interface Size {
  readonly width: number
  readonly height: number
}

function axesOf(som: Som): Axis[] {
  const brief = briefNames(som.features.map(({ name }) => name))
  return som.features.slice(0, MOST_AXES).map(({ name }, i) => {
    const values = componentPlane(som, name)
    const [least, greatest] = rangeOf(values)
    return { name, brief: brief[i], values, least, greatest }
  })
}

const xOf = (axes: readonly Axis[], axis: number, width: number): number =>
  SIDE + ((width - 2 * SIDE) * axis) / (axes.length - 1)

function yOf({ values, least, greatest }: Axis, unit: number, height: number): number {
  const share = greatest > least ? (values[unit] - least) / (greatest - least) : 0.5
  return height - BELOW - share * (height - ABOVE - BELOW)
}

function trace(
  context: CanvasRenderingContext2D | Path2D,
  axes: readonly Axis[],
  unit: number,
  { width, height }: Size,
): void {
  if ('beginPath' in context) context.beginPath()
  axes.forEach((axis, i) => {
    const [x, y] = [xOf(axes, i, width), yOf(axis, unit, height)]
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
}

function drawLines(
  { context, width, height }: Size & { readonly context: CanvasRenderingContext2D },
  axes: readonly Axis[],
  count: number,
  step: number,
  colourOf: (unit: number) => string,
  isStrong: ((unit: number) => boolean) | null,
): void {
  const alpha = Math.max(0.12, Math.min(0.8, 60 / (count / step)))
  context.lineWidth = 1
  for (const wanted of isStrong === null ? [true] : [false, true]) {
    const paths = new Map<string, Path2D>()
    for (let unit = 0; unit < count; unit += step) {
      if (isStrong !== null && isStrong(unit) !== wanted) continue
      const colour = colourOf(unit)
      const path = paths.get(colour) ?? new Path2D()
      paths.set(colour, path)
      trace(path, axes, unit, { width, height })
    }
    context.globalAlpha = wanted ? (isStrong === null ? alpha : Math.max(alpha, 0.6)) : 0.06
    for (const [colour, path] of paths) {
      context.strokeStyle = colour
      context.stroke(path)
    }
  }
  context.globalAlpha = 1
}

function drawAxes(
  { context, width, height }: Size & { readonly context: CanvasRenderingContext2D },
  axes: readonly Axis[],
  ink: string,
  soft: string,
): void {
  context.strokeStyle = ink
  context.fillStyle = soft
  context.font = '11px system-ui, sans-serif'
  context.textAlign = 'center'
  context.beginPath()
  axes.forEach((axis, i) => {
    const x = xOf(axes, i, width)
    context.moveTo(x, ABOVE)
    context.lineTo(x, height - BELOW)
    if ((width - 2 * SIDE) / (axes.length - 1) > 50) context.fillText(shortNumber(axis.greatest), x, ABOVE - 8)
  })
  context.stroke()
}

/** The unit whose line is nearest above or below a point; null where none is near. */
function nearestLine(
  axes: readonly Axis[],
  count: number,
  step: number,
  x: number,
  y: number,
  { width, height }: Size,
): number | null {
  if (axes.length < 2 || width <= 2 * SIDE) return null
  const at = Math.max(0, Math.min(axes.length - 1.001, ((x - SIDE) / (width - 2 * SIDE)) * (axes.length - 1)))
  const left = Math.floor(at)
  let [found, least] = [-1, 12]
  for (let unit = 0; unit < count; unit += step) {
    const from = yOf(axes[left], unit, height)
    const far = Math.abs(from + (yOf(axes[left + 1], unit, height) - from) * (at - left) - y)
    if (far < least) [found, least] = [unit, far]
  }
  return found < 0 ? null : found
}
