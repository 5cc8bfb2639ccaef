import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { edited, editsUnder } from '../recipe.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** The copy that the recipe is applied to: the checkout is only read. */
const copy = mkdtempSync(join(tmpdir(), 'som-recipe-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Quicker than a release's build, to the same bits; apart from the checkout's, whose addon it must not replace. */
const BUILD = {
  CARGO_TARGET_DIR: join(copy, 'target'),
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
}
/** A task of each cell and shape: taken by the backend, and trained by two rules on three kinds of rows. */
const TESTS_OF_A_KERNEL = 6 * (1 + 2 * 3)

beforeAll(() => {
  copyPackage('core')
  copyPackage('native')
  for (const file of [
    'package.json',
    'tsconfig.base.json',
    'vitest.config.ts',
    'tools/test/browser-tests.ts',
    'tools/test/find-browser.ts',
  ])
    take(file)
  for (const file of ['process.mjs', 'rust.mjs']) take(`tools/lib/${file}`)
  linkModules()
  for (const edit of editsUnder('A kernel from end to end', readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))) {
    const file = join(copy, edit.file)
    writeFileSync(file, edited(readFileSync(file, 'utf8'), edit))
  }
  node(['packages/native/scripts/build.mjs', '--require'], BUILD)
})

test('a kernel by the recipe leaves no table of core without its row', () => {
  node(['node_modules/typescript/bin/tsc', '-b', 'packages/native'])
})

test.each([
  ['js', 'packages/core/src/backend/js/js.test.ts', 1],
  ['native', 'packages/native/src/native.test.ts', 4],
])('the conformance suite finds a kernel by the recipe, and %s agrees', (_, file, times) => {
  const report = join(copy, 'report.json')
  node([
    'node_modules/vitest/vitest.mjs',
    'run',
    file,
    '--project=node',
    '-t',
    'quartic',
    '--reporter=json',
    `--outputFile=${report}`,
  ])
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  expect({ numPassedTests, numFailedTests }).toEqual({ numPassedTests: times * TESTS_OF_A_KERNEL, numFailedTests: 0 })
  expect(testResults).toHaveLength(1)
})

/** A package's sources and links, without what was built of them. */
function copyPackage(name: string): void {
  const built = new Set(['dist', 'target'].map((folder) => join(root, 'packages', name, folder)))
  cpSync(join(root, 'packages', name), join(copy, 'packages', name), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !built.has(file) && !/\.(node|stamp|wasm|tsbuildinfo)$/.test(file),
  })
}

function take(file: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  cpSync(join(root, file), join(copy, file))
}

/** The workspace's modules, in a folder of the copy's own: programs keep what they remember in it. */
function linkModules(): void {
  const modules = join(root, 'node_modules')
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(modules)) {
    const isModule = name === '.pnpm' || !name.startsWith('.')
    if (isModule) symlinkSync(join(modules, name), join(copy, 'node_modules', name), 'junction')
  }
}

function node(args: readonly string[], env = {}): void {
  execFileSync(process.execPath, args, {
    cwd: copy,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}
