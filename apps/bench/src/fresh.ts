import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** Why what Node would load of these packages is not what their sources say; null when it is. */
export function staleBundle(folders: readonly string[] = ['core', 'native']): string | null {
  for (const folder of folders.map((name) => join(root, 'packages', name, 'dist'))) {
    const bundle = join(folder, 'node.js')
    const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
    const newer = modules.find((file) => statSync(join(folder, file)).mtimeMs > statSync(bundle).mtimeMs)
    if (newer)
      return `${bundle}: expected it to be newer than ${newer} beside it; "node tools/lib/bundle.mjs" makes it again`
  }
  return null
}
