// Builds the page of the studio, apps/studio, into packages/studio/page, where it is published. As a program it always
// builds; `ensureStudioPage` builds where the page is missing or older than what it is made of.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const app = join(root, 'apps', 'studio')
const page = join(root, 'packages', 'studio', 'page', 'index.html')

/** What the page is made of. */
const SOURCES = [
  app,
  ...['core', 'gpu', 'io', 'map-view', 'native', 'plot', 'recipes'].map((name) => join(root, 'packages', name, 'src')),
]

/** Builds the page, and says so once: it takes seconds. */
export async function ensureStudioPage() {
  if (!isStale()) return
  process.stderr.write('building the page of the studio …\n')
  await buildStudioPage()
}

function isStale() {
  if (!existsSync(page)) return true
  const built = statSync(page).mtimeMs
  const files = SOURCES.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  return files.some(
    (file) =>
      file.isFile() &&
      !/node_modules|[\\/]dist/.test(file.parentPath) &&
      statSync(join(file.parentPath, file.name)).mtimeMs > built,
  )
}

/** Builds beside the page and puts the whole in its place: other processes may read it, or build it too. */
async function buildStudioPage() {
  const folder = dirname(page)
  const [aside, old] = ['new', 'old'].map((what) => `${folder}.${what}-${process.pid}`)
  process.env.SOM_STUDIO_PAGE = aside
  await build({ configFile: join(app, 'vite.config.ts'), logLevel: 'error' })
  for (let tries = 1; existsSync(aside); tries++)
    try {
      if (existsSync(folder)) renameSync(folder, old)
      renameSync(aside, folder)
    } catch (error) {
      // Another process has put its own in place in between.
      if (tries === 5) throw error
    } finally {
      rmSync(old, { recursive: true, force: true })
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStudioPage()
