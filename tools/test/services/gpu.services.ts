import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compiledSom, projectOf } from '../compiled.ts'
import { findBrowser } from '../find-browser.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const report = join(tmpdir(), `som-gpu-${process.pid}.json`)

/** Tests of the contract that the card takes. More are skipped, each with its reason. */
const LEAST = 300

/** Runs the contract of a backend in a process of its own, since libraries are looked for when one starts. */
function conformance(project: 'node' | 'page', env: Record<string, string>): void {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config=tools/test/services/gpu.vitest.config.ts']
  try {
    execFileSync(process.execPath, [...vitest, `--project=${project}`, '--reporter=json', `--outputFile=${report}`], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'pipe',
    })
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    expect(numFailedTests).toBe(0)
    expect(numPassedTests).toBeGreaterThan(LEAST)
  } finally {
    rmSync(report, { force: true })
  }
}

/**
 * Where Vulkan's loader finds the driver that computes on the CPU: a Chromium for Linux has both beside its program.
 */
function softwareDriver(): Record<string, string> {
  const browser = findBrowser()
  const own = browser === null ? [] : [dirname(realpathSync(browser))]
  const folders = [...own, '/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']
  const folder = folders.find((candidate) => existsSync(join(candidate, DRIVER)))
  if (folder === undefined)
    throw new Error(`expected a Chromium with ${DRIVER} beside it, found none; install chromium`)
  const path = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return { LD_LIBRARY_PATH: path, VK_ICD_FILENAMES: join(folder, DRIVER) }
}

const DRIVER = 'vk_swiftshader_icd.json'

test('gpu() in Node keeps the contract of a backend, to the bit, on the adapter that computes on the CPU', () => {
  conformance('node', softwareDriver())
}, 600_000)

test('gpu() in a page keeps the contract of a backend, to the bit, on the adapter that computes on the CPU', () => {
  conformance('page', {})
}, 600_000)

test('som train --backend gpu makes the same map as js, and says where it does not run and what to try', async () => {
  const project = await projectOf('cli')
  const som = async (
    env: Record<string, string>,
    ...words: string[]
  ): Promise<{ code: number | null; err: string }> => {
    const ran = spawnSync(process.execPath, [await compiledSom(), ...words], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, ...softwareDriver(), ...env },
    })
    return { code: ran.status, err: ran.stderr }
  }
  try {
    const table = join(root, 'examples', 'penguins', 'penguins.csv')
    const train = (env: Record<string, string>, ...words: string[]) =>
      som(env, 'train', table, '--epochs', '3', ...words)
    expect(await train({ SOM_GPU_SOFTWARE: '1', SOM_BACKEND: 'gpu' }, '-o', 'gpu.som')).toEqual({ code: 0, err: '' })
    expect(await train({}, '--backend', 'js', '-o', 'js.som')).toMatchObject({ code: 0 })
    for (const name of ['gpu', 'js']) await som({}, 'match', `${name}.som`, table, '-o', `${name}.csv`)
    expect(readFileSync(join(project, 'gpu.csv'), 'utf8')).toBe(readFileSync(join(project, 'js.csv'), 'utf8'))

    const software = await train({}, '--backend', 'gpu', '-o', 'no.som')
    expect(software.code).toBe(1)
    expect(software.err).toMatch(/^error: --backend: gpu: SwiftShader.* computes on the CPU; .*; try --backend auto\n$/)
    const none = await train({ VK_ICD_FILENAMES: join(project, 'none.json') }, '--backend', 'gpu', '-o', 'no.som')
    expect(none.err).toContain('error: --backend: gpu: WebGPU found no adapter on this machine; try --backend auto\n')
    expect(existsSync(join(project, 'no.som'))).toBe(false)
    const online = await train({ SOM_GPU_SOFTWARE: '1' }, '--backend', 'gpu', '--rule', 'online', '-o', 'online.som')
    expect(online.err).toMatch(
      /^note: gpu: online epochs run on \w+: each step needs the codebook of the one before\n$/,
    )
  } finally {
    rmSync(project, { recursive: true })
  }
}, 300_000)
