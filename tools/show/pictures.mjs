// Draws the pictures of docs/images: a map of the penguins, trained by `som train` with its default settings.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root, run } from '../lib/process.mjs'

// Node reads TypeScript on its own from 22.18 on.
if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { readModel } = await import('../../packages/io/src/index.ts')
const { componentPlanesPlot, hitsPlot, uMatrixPlot } = await import('../../packages/plot/src/index.ts')

const folder = join(root, 'docs', 'images')
const pictures = {
  'penguins-u-matrix.svg': uMatrixPlot,
  'penguins-component-planes.svg': componentPlanesPlot,
  'penguins-hits.svg': hitsPlot,
}

const som = await penguins()
mkdirSync(folder, { recursive: true })
for (const [name, plot] of Object.entries(pictures)) {
  const path = join(folder, name)
  writeFileSync(path, plot(som))
  console.log(relative(process.cwd(), path))
}

async function penguins() {
  const scratch = mkdtempSync(join(tmpdir(), 'som-pictures-'))
  try {
    const map = join(scratch, 'penguins.som')
    const table = join('examples', 'penguins', 'penguins.csv')
    const train = [join('tools', 'som.mjs'), 'train', table, '-o', map, '--label', 'species', '--seed', '0']
    const { code, output } = await run(process.execPath, ['--conditions=@som/source', ...train], {
      env: { INIT_CWD: root },
    })
    if (code !== 0) throw new Error(output)
    const read = await readModel(map)
    if (read.isErr) throw new Error(JSON.stringify(read.error))
    return read.value
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
