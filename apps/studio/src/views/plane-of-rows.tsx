import { clustersOfRows } from '@som/core'
import { categoryColours } from '@som/map-view'
import { useEffect, useRef } from 'preact/hooks'
import { place } from '../state/actions.ts'
import { crossFilter, isChosen } from '../state/filters.ts'
import { doing, hovered, live, places, run } from '../state/store.ts'

/** The colour of a row in no cluster. */
const NO_CLUSTER = '#9a9a9a'

const EDGE = 8

/** The rows in a plane in which those that are alike are near, coloured by cluster. */
export function PlaneOfRows() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { value: current } = run
  const { value: at } = places
  const { filter, version } = crossFilter.value
  const any = isChosen.value
  const pointed = hovered.value
  useEffect(() => {
    void version
    const { current: target } = canvas
    if (target === null || at === null || current === null) return
    const failing = any && filter.failing.length * 2 === at.length ? filter.failing : null
    const clusters = current.clusters
    const colours = categoryColours(clusters?.count ?? 1)
    const places = clusters && clustersOfRows(clusters, current)
    const colourOf = (row: number): string => (places === null ? colours[0] : (colours[places[row]] ?? NO_CLUSTER))
    const isPointed = (row: number): boolean => pointed !== null && current.unit[row] === pointed
    draw(target, at, colourOf, failing, isPointed)
  }, [at, current, filter, version, any, pointed])
  if (current === null || live.value !== null || current.unit.length === 0) return null
  return (
    <section class="panel" aria-labelledby="plane-heading">
      <h2 id="plane-heading">Rows on a plane</h2>
      {at === null ? (
        <>
          <p class="soft">A place for each row, near rows like it. It takes a moment for many rows.</p>
          <button type="button" disabled={doing.value.kind !== 'nothing'} onClick={place}>
            Place the rows
          </button>
        </>
      ) : (
        <canvas
          ref={canvas}
          class="dots"
          role="img"
          aria-label={`${at.length / 2} rows on a plane, coloured by cluster; those that are chosen are strong`}
        />
      )}
    </section>
  )
}

function draw(
  canvas: HTMLCanvasElement,
  places: Float32Array,
  colourOf: (row: number) => string,
  failing: Uint32Array | null,
  isPointed: (row: number) => boolean,
): void {
  const ratio = globalThis.devicePixelRatio || 1
  const [width, height] = [canvas.clientWidth, canvas.clientHeight]
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (context === null) return
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  const [left, right] = extentOf(places, 0)
  const [top, bottom] = extentOf(places, 1)
  const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (bottom - top || 1))
  const [midX, midY] = [(left + right) / 2, (top + bottom) / 2]
  const size = places.length > 40_000 ? 1.5 : places.length > 4_000 ? 3 : 5
  // Those that are chosen come last, above the others.
  for (const isStrong of failing === null ? [true] : [false, true]) {
    context.globalAlpha = isStrong ? 0.9 : 0.15
    for (let row = 0; row < places.length / 2; row++) {
      if (failing !== null && (failing[row] === 0) !== isStrong) continue
      const [x, y] = [places[2 * row], places[2 * row + 1]]
      if (Number.isNaN(x)) continue
      const side = isPointed(row) ? size + 5 : size
      context.fillStyle = colourOf(row)
      context.fillRect(
        width / 2 + (x - midX) * scale - side / 2,
        height / 2 + (y - midY) * scale - side / 2,
        side,
        side,
      )
    }
  }
}

function extentOf(places: Float32Array, axis: number): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = axis; i < places.length; i += 2) {
    if (places[i] < least) least = places[i]
    if (places[i] > greatest) greatest = places[i]
  }
  return [least, greatest]
}
