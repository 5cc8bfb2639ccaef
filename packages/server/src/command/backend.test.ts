import { type Backend, js } from '@som/core'
import { expect, it } from 'vitest'
import { runnerOf } from './backend.ts'

const task = {
  lattice: { cell: 'rectangular', shape: 'sheet', rows: 2, columns: 2 },
  metric: 'euclidean',
  kernel: 'gaussian',
} as const

it('a backend that cannot run a task is refused with the reason and the backend to try', () => {
  const absent = (name: string): Backend => ({ ...js(), name, rejects: () => 'not here' })
  const refusal = (name: string) => runnerOf(absent(name), task).match({ Ok: () => null, Err: (issues) => issues })
  expect(refusal('native')).toEqual([{ path: '--backend', message: 'native: not here; try --backend js' }])
  expect(refusal('gpu')).toEqual([{ path: '--backend', message: 'gpu: not here; try --backend auto' }])
})
