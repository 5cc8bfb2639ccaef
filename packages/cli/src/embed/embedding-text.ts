import type { Embedding } from '@som/core'
import { counted } from '../text.ts'

const LAYOUTS: Readonly<Record<Embedding['layout'], string>> = {
  rows: 'laid out by the rows that they share',
  units: 'laid out by how near their prototypes are',
  sammon: "laid out by Sammon's mapping of their prototypes",
  lattice: 'as on the lattice',
}

/** What an embedding is, in a line. */
export function embeddingText({ layout, rows, landmarks }: Embedding): string {
  const among = rows === 0 ? '' : ` among ${counted(rows, 'row')}`
  return `${counted(landmarks.rows, 'landmark')}${among}, ${LAYOUTS[layout]}`
}

/** The same as figures for JSON. */
export function embeddingFigures({ layout, rows, landmarks }: Embedding): object {
  return { layout, rows, landmarks: landmarks.rows }
}
