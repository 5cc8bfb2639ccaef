import { open } from 'node:fs/promises'

/** The first bytes of files of a format, and its extension. */
const MAGICS: readonly (readonly [offset: number, bytes: string, extension: string])[] = [
  [0, 'PAR1', '.parquet'],
  [0, 'ARROW1', '.arrow'],
  [0, '\u00ff\u00ff\u00ff\u00ff', '.arrows'],
  [0, 'SQLite format 3\0', '.sqlite'],
  [0, '\u0093NUMPY', '.npy'],
  [8, 'DUCK', '.duckdb'],
  [0, 'PK\u0003\u0004', '.xlsx'],
]

/**
 * The extension for the format of the file at `path`, detected from its first bytes; a text table is CSV, or JSON if it
 * begins with a bracket.
 */
export async function extensionOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
    const start = buffer.toString('latin1', 0, bytesRead)
    const magic = MAGICS.find(([offset, bytes]) => start.startsWith(bytes, offset))
    if (magic) return magic[2]
    const text = start.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
    if (text.startsWith('[')) return '.json'
    return text.startsWith('{') ? '.ndjson' : '.csv'
  } finally {
    await file.close()
  }
}
