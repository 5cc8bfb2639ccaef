/** One epoch of a job. */
export interface CurvePoint {
  readonly epoch: number
  readonly quantizationError: number
}

const [WIDTH, HEIGHT, EDGE] = [240, 60, 4]

/** The quantization error by epoch as a small picture in the colour of the text; empty for fewer than two epochs. */
export function curve(points: readonly CurvePoint[]): string {
  if (points.length < 2) return ''
  const errors = points.map(({ quantizationError }) => quantizationError)
  const [least, greatest] = [Math.min(...errors), Math.max(...errors)]
  const [first, last] = [points[0], points[points.length - 1]]
  const x = (epoch: number): number => EDGE + ((WIDTH - 2 * EDGE) * (epoch - first.epoch)) / (last.epoch - first.epoch)
  const share = (error: number): number => (greatest > least ? (error - least) / (greatest - least) : 0.5)
  const y = (error: number): number => HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share(error)
  const line = points.map((each) => `${x(each.epoch).toFixed(1)},${y(each.quantizationError).toFixed(1)}`).join(' ')
  const words = `Quantization error by epoch: ${shown(first.quantizationError)} after epoch ${first.epoch}, ${shown(last.quantizationError)} after epoch ${last.epoch}`
  return `<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${words}"><title>${words}</title><polyline fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" points="${line}"/></svg>`
}

/** A number in four digits. */
export const shown = (x: number): string => String(Number(x.toPrecision(4)))
