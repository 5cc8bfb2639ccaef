import { type ChildProcess, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../packages/cli/src/commands.ts'
import { freePort } from '../../lib/free-port.mjs'
import { root } from '../../lib/process.mjs'
import { makeClone } from '../../release/rehearse/checkout.mjs'
import { checkoutPlace } from '../typed/checkout-place.mjs'
import { pagesWithCommands } from '../typed/commands.mjs'
import { nodeOf } from '../typed/node-of.mjs'
import { healthy, startMlflow, stopGroup } from './mlflow-process.ts'

const home = mkdtempSync(join(realpathSync(tmpdir()), 'som-typed-'))
const clone = join(home, 'som')
/** The addon is built as for the rehearsal of a release, and kept between runs. */
const BUILD = {
  CARGO_TARGET_DIR: join(root, 'out', 'rehearsal-target'),
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
}
/** The first command of a clone installs it and builds its addon. */
const FIRST = { page: 'first', line: 1, text: 'npm run -s som -- --version' }
const FIRST_PATIENCE = 1_800_000

let server: ChildProcess
let mlflow: number
beforeAll(async () => {
  mlflow = await freePort()
  server = startMlflow(mlflow, home)
  await makeClone(clone)
  await healthy(`http://127.0.0.1:${mlflow}/health`, server)
  mkdirSync(join(home, 'first'))
  expect(await checkoutPlace(clone, { home: join(home, 'first'), env: BUILD }).type([FIRST], clone)).toEqual([])
}, FIRST_PATIENCE)
afterAll(async () => {
  await stopGroup(server)
  rmSync(home, { recursive: true, force: true })
})

/** A page takes minutes where each command of it starts npm. */
const PATIENCE = 1_200_000

const placeFor = (name: string, path: string[] = []) => {
  mkdirSync(join(home, name))
  return checkoutPlace(clone, { home: join(home, name), env: BUILD, path, mlflow: String(mlflow) })
}

describe('in a clone, what pages show runs as typed', () => {
  let place: ReturnType<typeof placeFor>
  beforeAll(() => {
    place = placeFor('this')
  })
  it.each(pagesWithCommands())('%s', async (page) => expect(await place.typePage(page)).toEqual([]), PATIENCE)

  it(
    'the examples of the help of every command, those of a registry among them',
    async () => {
      const som = ['--conditions=@som/source', join(clone, 'tools', 'som.mjs')]
      const helpOf = (name: string) => execFileSync(process.execPath, [...som, name, '--help'], { encoding: 'utf8' })
      const prepare = [
        'export MLFLOW_TRACKING_URI=http://127.0.0.1:5000',
        'som train penguins.csv -o penguins.som',
        'som serve --data maps',
        "curl -s localhost:8080/v1/maps/penguins/versions -H 'content-type: application/octet-stream' --data-binary @penguins.som",
      ]
      expect(await place.typeExamples(Object.keys(COMMANDS), helpOf, prepare, clone)).toEqual([])
    },
    PATIENCE,
  )
})

// What is read first, on the other Nodes that are promised.
describe.each(['20', '22', '24'].filter((major) => !process.version.startsWith(`v${major}.`)))(
  'on Node %s',
  (major) => {
    let place: ReturnType<typeof placeFor>
    beforeAll(async () => {
      place = placeFor(major, [await nodeOf(major)])
    })
    it.each(['README.md', 'docs/serving.md'])(
      '%s runs as typed in a clone',
      async (page) => expect(await place.typePage(page)).toEqual([]),
      PATIENCE,
    )
  },
)
