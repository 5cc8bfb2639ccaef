import type { Som } from '@som/core'
import { type PictureQuery, pictureOf } from '../pictures.ts'

/** What a picture of the map alone is made of. */
interface Drawn {
  readonly som: Som
  readonly plot: string
  readonly query: PictureQuery
}

/**
 * A picture of the map, by its name; null where there is none. Throws a `Refused` where the values do not go with their
 * scale.
 */
export const drawMap = ({ som, plot, query }: Drawn): Promise<string | null> => pictureOf(som, plot, query)
