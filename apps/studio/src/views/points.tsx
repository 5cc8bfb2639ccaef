import { channelsOf, isWithin } from '@som/map-view'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { contextOf, useGestures, useLook } from './canvas.ts'
import { type Drawing, drawEdges, drawPoints, fitInto } from './draw-points.ts'

interface Props extends Drawing {
  readonly label: string
  /** Points that are marked as pointed at. */
  readonly isPointed: (point: number) => boolean
  readonly pointed: number | null
  readonly onPoint: (point: number | null) => void
  readonly onChoose: (points: readonly number[], joins: boolean) => void
}

/** px within which a point is near enough to be meant. */
const NEAR = 14

/** Points in a plane that can be pointed at, clicked, and circled by a loop; joined by a net where there is one. */
export function Points({ label, isPointed, pointed, onPoint, onChoose, ...drawing }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  const look = useLook(box)
  const { places, edges, colourOf, colours, isStrong } = drawing
  const channels = useMemo(() => channelsOf(colours), [colours])
  const fit = (): ReturnType<typeof fitInto> =>
    fitInto(places, box.current?.clientWidth ?? 0, box.current?.clientHeight ?? 0)
  useEffect(() => {
    void look
    const made = contextOf(base.current)
    if (made === null || base.current === null) return
    const at = fitInto(places, made.width, made.height)
    if (edges) drawEdges(made.context, at, edges, getComputedStyle(base.current).getPropertyValue('--soft'))
    drawPoints(made, at, { places, colourOf, colours, isStrong }, channels)
  }, [places, edges, colourOf, colours, isStrong, look, channels])
  useEffect(() => {
    void look
    const made = contextOf(above.current)
    if (made === null || pointed === null || above.current === null) return
    mark(made.context, fitInto(places, made.width, made.height), isPointed, places.length / 2, above.current)
  }, [places, isPointed, pointed, look])
  const nearest = (x: number, y: number): number | null => {
    const at = fit()
    let [found, least] = [-1, NEAR * NEAR]
    for (let i = 0; i < places.length / 2; i++) {
      const [dx, dy] = [at.x(i) - x, at.y(i) - y]
      const far = dx * dx + dy * dy
      if (far < least) [found, least] = [i, far]
    }
    return found < 0 ? null : found
  }
  const gestures = useGestures({
    onMove: (x, y) => onPoint(nearest(x, y)),
    onLeave: () => onPoint(null),
    onClick: (x, y, event) => {
      const point = nearest(x, y)
      onChoose(point === null ? [] : [point], event.shiftKey || event.ctrlKey || event.metaKey)
    },
    onDraw: (line, isDone, event) => {
      const made = contextOf(above.current)
      if (!isDone) {
        if (made && above.current) drawLoop(made.context, line, getComputedStyle(above.current).color)
        return
      }
      const at = fit()
      const within = Array.from({ length: places.length / 2 }, (_, i) => i).filter((i) =>
        isWithin(line, at.x(i), at.y(i)),
      )
      onChoose(within, event.shiftKey || event.ctrlKey || event.metaKey)
    },
  })
  return (
    <div ref={box} class="points" role="img" aria-label={label} {...gestures}>
      <canvas ref={base} />
      <canvas ref={above} />
    </div>
  )
}

const MOST_MARKED = 2000

function mark(
  context: CanvasRenderingContext2D,
  at: ReturnType<typeof fitInto>,
  isPointed: (point: number) => boolean,
  points: number,
  canvas: HTMLElement,
): void {
  const style = getComputedStyle(canvas)
  context.beginPath()
  for (let i = 0, marked = 0; i < points && marked < MOST_MARKED; i++) {
    if (!isPointed(i) || Number.isNaN(at.x(i))) continue
    context.moveTo(at.x(i) + 6, at.y(i))
    context.arc(at.x(i), at.y(i), 6, 0, 2 * Math.PI)
    marked++
  }
  context.strokeStyle = style.getPropertyValue('--panel')
  context.lineWidth = 4
  context.stroke()
  context.strokeStyle = style.color
  context.lineWidth = 2
  context.stroke()
}

function drawLoop(context: CanvasRenderingContext2D, line: readonly number[], ink: string): void {
  context.beginPath()
  for (let i = 0; i < line.length; i += 2) context.lineTo(line[i], line[i + 1])
  context.closePath()
  context.setLineDash([5, 4])
  context.strokeStyle = ink
  context.lineWidth = 1.5
  context.stroke()
}
