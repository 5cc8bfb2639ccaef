import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { compiledPackages } from '../../../tools/test/compiled.ts'

/** A project in which @som/gpu is installed, and webgpu is not. */
const project = mkdtempSync(join(tmpdir(), 'som-gpu-'))
afterAll(() => rmSync(project, { recursive: true }))

it('without the package webgpu it says what to install, and the next backend trains', async () => {
  const packages = await compiledPackages()
  const ours = join(project, 'node_modules', '@som')
  mkdirSync(ours, { recursive: true })
  symlinkSync(join(packages, 'core'), join(ours, 'core'), 'junction')
  for (const part of ['dist', 'package.json'])
    cpSync(join(packages, 'gpu', part), join(ours, 'gpu', part), { recursive: true })
  const program = `
    import { firstOf, js, train } from '@som/core'
    import { gpu } from '@som/gpu'
    const backend = firstOf(await gpu(), js())
    const samples = { matrix: { rows: 3, columns: 1, data: Float32Array.of(0, 1, 2) } }
    const trained = await train({ samples: samples.matrix, lattice: { rows: 1, columns: 2 } }, { backend })
    const task = { lattice: trained.value.lattice, metric: 'euclidean', kernel: 'gaussian' }
    console.log(trained.value.training.backend, JSON.stringify(backend.choose(task).passedOver))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: project,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(stdout).toBe('js [{"name":"gpu","reason":"the package webgpu is not installed; npm install webgpu"}]\n')
})
