// What pages and help show, typed where the published packages are installed.
import { strict as assert } from 'node:assert'
import { pagesWithCommands } from '../../test/typed/commands.mjs'
import { nodeOf } from '../../test/typed/node-of.mjs'
import { packedPlace } from '../../test/typed/packed-place.mjs'

/** The Nodes that are promised, and the pages that are typed on each: all of them on the oldest. */
const FIRST_READ = ['packages/cli/README.md', 'docs/serving.md', 'docs/guide/index.md']
const NODES = { 20: pagesWithCommands(), 22: FIRST_READ, 24: FIRST_READ }

/** A fact for each Node. */
export const typedFacts = () =>
  Object.fromEntries(
    Object.entries(NODES).map(([major, pages]) => [
      `commands of pages and of help run as typed on Node ${major}, from packages`,
      async (project) => {
        await project.install('@som/cli')
        const path = process.version.startsWith(`v${major}.`) ? [] : [await nodeOf(major)]
        const place = packedPlace(project, path)
        const faults = []
        for (const page of pages) faults.push(...(await place.typePage(page)))
        const help = new Map()
        const names = (await commandNames(project)).filter((name) => name !== 'registry')
        for (const name of names) help.set(name, await project.npx(name, '--help'))
        faults.push(...(await place.typeExamples(names, (name) => help.get(name))))
        assert.deepEqual(faults, [])
      },
    ]),
  )

/**
 * The commands that the help of all names; a registry needs an MLflow server, so its examples are typed by
 * typed.services.ts.
 */
async function commandNames(project) {
  const [, list] = (await project.npx('--help')).split('Commands:\n')
  return [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name).filter((name) => name !== 'help')
}
