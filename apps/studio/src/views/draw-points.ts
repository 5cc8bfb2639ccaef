/** Points, and how each is shown. */
export interface Drawing {
  /** x, y of each point; NaN for one without a place. */
  readonly places: Float32Array
  /** Pairs of points that are joined. */
  readonly edges?: Uint32Array | undefined
  readonly colours: readonly string[]
  /** The place of a point's colour; the last colour for what is not among them. */
  readonly colourOf: (point: number) => number
  /** Whether a point is chosen; null where none is, and all are shown alike. */
  readonly isStrong: ((point: number) => boolean) | null
}

/** How places are fitted into a box. */
export interface Fit {
  readonly x: (point: number) => number
  readonly y: (point: number) => number
}

const EDGE = 10

const extents = new WeakMap<Float32Array, readonly [number, number, number, number]>()

/** Places in the middle of a box of this size, as large as they fit, with the same scale for both axes. */
export function fitInto(places: Float32Array, width: number, height: number): Fit {
  const known = extents.get(places) ?? extentOf(places)
  extents.set(places, known)
  const [left, right, top, bottom] = known
  const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (bottom - top || 1))
  const [dx, dy] = [width / 2 - (scale * (left + right)) / 2, height / 2 - (scale * (top + bottom)) / 2]
  return { x: (i) => places[2 * i] * scale + dx, y: (i) => places[2 * i + 1] * scale + dy }
}

function extentOf(places: Float32Array): [number, number, number, number] {
  const found: [number, number, number, number] = [1 / 0, -1 / 0, 1 / 0, -1 / 0]
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i], places[i + 1]]
    if (Number.isNaN(x)) continue
    if (x < found[0]) found[0] = x
    if (x > found[1]) found[1] = x
    if (y < found[2]) found[2] = y
    if (y > found[3]) found[3] = y
  }
  return found
}

interface Canvas {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly ratio: number
}

/** More are written as dots of an image: a million take milliseconds, and a second as paths. */
const MANY = 5000
const FADED = 0.15

/** Draws points, those that are chosen above the others. */
export function drawPoints(
  canvas: Canvas,
  at: Fit,
  drawing: Omit<Drawing, 'edges'>,
  channels: Uint8ClampedArray,
): void {
  if (drawing.places.length / 2 > MANY) drawImage(canvas, at, drawing, channels)
  else drawDiscs(canvas.context, at, drawing)
}

function drawDiscs(
  context: CanvasRenderingContext2D,
  at: Fit,
  { places, colours, colourOf, isStrong }: Omit<Drawing, 'edges'>,
): void {
  const radius = places.length > 2000 ? 2 : 3
  for (const wanted of isStrong === null ? [true] : [false, true]) {
    const paths = new Map<number, Path2D>()
    for (let i = 0; i < places.length / 2; i++) {
      if (Number.isNaN(places[2 * i]) || (isStrong !== null && isStrong(i) !== wanted)) continue
      const colour = colourOf(i)
      const path = paths.get(colour) ?? new Path2D()
      paths.set(colour, path)
      path.moveTo(at.x(i) + radius, at.y(i))
      path.arc(at.x(i), at.y(i), radius, 0, 2 * Math.PI)
    }
    context.globalAlpha = wanted ? 0.9 : FADED
    for (const [colour, path] of paths) {
      context.fillStyle = colours[colour]
      context.fill(path)
    }
  }
  context.globalAlpha = 1
}

function drawImage(
  { context, width, height, ratio }: Canvas,
  at: Fit,
  { places, colourOf, isStrong }: Omit<Drawing, 'edges'>,
  channels: Uint8ClampedArray,
): void {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
  const image = new ImageData(wide, high)
  const side = Math.max(1, Math.round((places.length > 200_000 ? 1 : 2) * ratio))
  for (const wanted of isStrong === null ? [true] : [false, true]) {
    const alpha = wanted ? 255 : 255 * FADED
    for (let i = 0; i < places.length / 2; i++) {
      if (Number.isNaN(places[2 * i]) || (isStrong !== null && isStrong(i) !== wanted)) continue
      const colour = 3 * colourOf(i)
      const [left, top] = [Math.round(at.x(i) * ratio), Math.round(at.y(i) * ratio)]
      for (let y = top; y < top + side && y < high; y++)
        for (let x = left; x < left + side && x < wide; x++) {
          const dot = 4 * (y * wide + x)
          image.data[dot] = channels[colour]
          image.data[dot + 1] = channels[colour + 1]
          image.data[dot + 2] = channels[colour + 2]
          image.data[dot + 3] = Math.max(alpha, image.data[dot + 3])
        }
    }
  }
  // By way of a canvas of its own, so that it lies over what is there.
  const aside = document.createElement('canvas')
  aside.width = wide
  aside.height = high
  aside.getContext('2d')?.putImageData(image, 0, 0)
  context.drawImage(aside, 0, 0, width, height)
}

/** Lines between points that are joined. */
export function drawEdges(context: CanvasRenderingContext2D, at: Fit, edges: Uint32Array, ink: string): void {
  context.beginPath()
  for (let i = 0; i < edges.length; i += 2) {
    context.moveTo(at.x(edges[i]), at.y(edges[i]))
    context.lineTo(at.x(edges[i + 1]), at.y(edges[i + 1]))
  }
  context.globalAlpha = 0.5
  context.strokeStyle = ink
  context.lineWidth = 1
  context.stroke()
  context.globalAlpha = 1
}
