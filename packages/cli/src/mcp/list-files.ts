import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const MOST_FILES = 500
const FILES =
  /\.(som|csv|tsv|tab|txt|parquet|json|ndjson|jsonl|arrow|feather|xlsx|sqlite3?|db|npy|dat|lrn|libsvm|svm|gz|zst|html|png|svg|onnx)$/i

/** Maps, tables and what was made of them in a folder and its folders, with their sizes. Links are not followed. */
export async function listFiles(folder: string): Promise<string> {
  const found: string[] = []
  const waiting = ['']
  for (let within = waiting.shift(); within !== undefined && found.length <= MOST_FILES; within = waiting.shift()) {
    const entries = await readdir(join(folder, within), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(within, entry.name)
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') waiting.push(path)
      if (!entry.isFile() || !FILES.test(entry.name)) continue
      const bytes = await stat(join(folder, path)).then(
        ({ size }) => size,
        () => 0,
      )
      found.push(`${path}  ${bytes} bytes`)
    }
  }
  if (found.length === 0) return 'no tables and no maps'
  const more = found.length > MOST_FILES ? [`… and more; only ${MOST_FILES} are listed`] : []
  return [...found.slice(0, MOST_FILES), ...more].join('\n')
}
