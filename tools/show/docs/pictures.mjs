// Draws every kind of picture of the penguins' map for the docs site:
// `node --conditions=@som/source pictures.mjs FOLDER`.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from '../../lib/process.mjs'

// Node reads TypeScript on its own from 22.18 on.
if (!process.features.typescript) (await import('tsx/esm/api')).register()
const { run } = await import('../../../packages/cli/src/index.ts')
const { PICTURES } = await import('../../../packages/plot/src/index.ts')

const folder = resolve(process.argv[2])
mkdirSync(folder, { recursive: true })
const table = join(root, 'examples', 'penguins', 'penguins.csv')
const scratch = mkdtempSync(join(tmpdir(), 'som-pictures-'))
const map = join(scratch, 'penguins.som')

async function som(...args) {
  const code = await run(args)
  if (code !== 0) throw new Error(`som ${args.join(' ')} ended with ${code}`)
}

/** What a kind is given beside the map. */
function givenTo({ of, hasLabels, isOfFeature, onPlane }) {
  if (hasLabels || onPlane) return [table, '--label', 'species']
  if (isOfFeature) return ['--feature', 'body_mass_g']
  return of === 'rows' ? [table] : []
}

try {
  await som('train', table, '-o', map, '--target', 'species', '--seed', '0')
  await som('cluster', map, '-o', map, '--count', '3')
  await som('embed', map, table, '--keep', map, '-o', join(scratch, 'places.csv'))
  for (const [kind, picture] of Object.entries(PICTURES)) {
    const given = kind === 'trajectory' ? [`SELECT * FROM '${table}' LIMIT 12`] : givenTo(picture)
    await som('plot', kind, map, ...given, '-o', join(folder, `${kind}.svg`))
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
