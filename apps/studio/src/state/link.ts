import type { Clusters } from '@som/core'
import type { Filters, OfColumn } from './chosen-rows.ts'
import type { Chosen } from './options.ts'
import { readStream } from './read-stream.ts'

/** What a link restores: which table, how its map was trained, and what is shown and chosen. No row is in it. */
export interface View {
  readonly table: { readonly name: string; readonly isExample: boolean; readonly rows: number }
  readonly chosen: Chosen
  readonly layer: string
  readonly clusters: Clusters | null
  readonly filters: Pick<Filters, 'units' | 'columns' | 'search'>
}

/** A view as text that an address can hold. */
export async function encodeView({ clusters, filters, ...view }: View): Promise<string> {
  const plain = {
    ...view,
    clusters: clusters && { ...clusters, of: [...clusters.of], reach: clusters.reach && [...clusters.reach] },
    filters: {
      search: filters.search,
      units: filters.units && [...filters.units],
      columns: [...filters.columns].map(([name, of]) => [name, 'bins' in of ? { bins: [...of.bins] } : of]),
    },
  }
  const packed = await through(new TextEncoder().encode(JSON.stringify(plain)), new CompressionStream('deflate-raw'))
  return btoa(String.fromCharCode(...packed))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The view that some text says; null where it says none. */
export async function decodeView(text: string): Promise<View | null> {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    )
    const plain = JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw'))))
    const { clusters, filters, ...view } = plain
    if (typeof view.table?.name !== 'string' || !Array.isArray(view.chosen?.columns)) return null
    if (clusters !== null && !areClusters(clusters)) return null
    return {
      ...view,
      clusters: clusters && { ...clusters, of: Int32Array.from(clusters.of) },
      filters: {
        search: String(filters.search),
        units: filters.units && new Set<number>(filters.units),
        columns: new Map<string, OfColumn>(
          filters.columns.map(([name, of]: [string, { bins?: number[] }]) => [
            name,
            of.bins === undefined ? of : { bins: new Set(of.bins) },
          ]),
        ),
      },
    }
  } catch {
    return null
  }
}

/** Links come from anywhere: what is not checked by who trains is checked here. */
function areClusters({ of, count, names }: Record<keyof Clusters, unknown>): boolean {
  const isPlace = (place: unknown): boolean =>
    Number.isInteger(place) && Number(place) >= -1 && Number(place) < Number(count)
  const areNames = names === undefined || (Array.isArray(names) && names.every((name) => typeof name === 'string'))
  return Number.isInteger(count) && Array.isArray(of) && of.every(isPlace) && areNames
}

/** A link holds at most this many bytes. */
const MOST = 2 ** 22

function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  return readStream(new Blob([bytes]).stream().pipeThrough(stream), (size) => {
    if (size > MOST) throw new RangeError('too large')
  })
}
