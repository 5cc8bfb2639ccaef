import { join } from './svg.ts'

/** A small white dot with a dark rim at each place, visible on any colour. */
export function dots(places: readonly { readonly x: number; readonly y: number }[], width = 3): string {
  const path = places.map(({ x, y }) => `M${join(x, y)}h0`).join('')
  const dot = (colour: string, size: number): string =>
    `<path fill="none" stroke="${colour}" stroke-width="${join(size)}" stroke-linecap="round" d="${path}"/>\n`
  return dot('#222222', width + 1.5) + dot('#ffffff', width)
}
