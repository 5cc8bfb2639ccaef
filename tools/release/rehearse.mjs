// Rehearses a release, all of it but its destination: in a checkout to throw away it makes the versions and changelogs,
// builds, and publishes to a registry on the loopback; then it installs each package alone into an empty project and
// uses it there. Closes with one line of counts. With --keep it leaves its folder, and says where.
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rustProblem } from '../lib/rust.mjs'
import { close } from '../test/counts.mjs'
import { makeAddons, makeCheckout, step } from './rehearse/checkout.mjs'
import { checkVersions, facts } from './rehearse/facts.mjs'
import { makeProject } from './rehearse/project.mjs'
import { startRegistry } from './rehearse/registry.mjs'

/** Projects that are installed and used at once: they wait for the registry more than they work. */
const AT_ONCE = 2

/** Runs the rehearsal; gives the counts of its facts. */
export async function rehearse({ keep = false } = {}) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'som-release-'))
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const show = async (fact, act) => {
    const started = performance.now()
    const problem = await Promise.resolve()
      .then(act)
      .then(
        () => null,
        (error) => error,
      )
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    counts[problem === null ? 'passed' : 'failed'] += 1
    console.log(`${problem === null ? 'passed' : 'FAILED'}  ${fact} (${seconds} s)`)
    if (problem !== null) console.log(problem.message)
    return problem === null
  }

  const noRust = rustProblem()
  if (noRust !== null) console.log(`Rehearsed release: without an addon, ${noRust}.`)
  const browser = await browserOrNull()
  if (browser === null) console.log('Rehearsed release: not in a browser, no Chromium was found.')

  let registry = null
  let triple = null
  const checkout = join(folder, 'checkout')
  try {
    const isPublished =
      (await show('changesets turn into versions and changelogs', async () => {
        await makeCheckout(checkout)
        checkVersions(...versionsOf(checkout))
      })) &&
      (await show('every package builds and is published', async () => {
        triple = await makeAddons(checkout, noRust)
        registry = await startRegistry(join(folder, 'registry'))
        const env = { NPM_CONFIG_PROVENANCE: 'false' }
        await step(checkout, [join('tools', 'release', 'release.mjs'), '--rehearsal'], { registry, env })
      }))
    const hasModule = existsSync(join(checkout, 'packages', 'native', 'som-native.wasm'))
    const queue = isPublished ? [...Object.entries(facts({ browser, triple, hasModule })).entries()] : []
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [i, [fact, act]] = next
        await show(fact, () => act(makeProject(join(folder, `project-${i}`), registry)))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    if (counts.failed > 0 && registry !== null) console.log(registry.said())
  } finally {
    await registry?.stop()
    if (keep) console.log(`Kept: ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
  return counts
}

/** Every public manifest of the checkout, and every changelog by package. */
function versionsOf(checkout) {
  const packages = join(checkout, 'packages')
  const names = readdirSync(packages)
  const manifests = names.map((name) => JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')))
  const changelogs = names.map((name) => [name, readFileSync(join(packages, name, 'CHANGELOG.md'), 'utf8')])
  return [manifests.filter((manifest) => !manifest.private), Object.fromEntries(changelogs)]
}

/** As the browser tests find one. */
async function browserOrNull() {
  // Node reads TypeScript on its own from 22.18 on.
  if (!process.features.typescript) (await import('tsx/esm/api')).register()
  const { findBrowser } = await import('../test/find-browser.ts')
  return findBrowser()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) close(await rehearse({ keep: process.argv.includes('--keep') }))
