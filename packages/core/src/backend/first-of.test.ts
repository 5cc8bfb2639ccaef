import { expect, it } from 'vitest'
import { matrix } from '../rows/matrix.ts'
import { drawMatrix } from '../testing/draw.ts'
import { train } from '../train/train.ts'
import type { Backend } from './backend.ts'
import { chooseBackend, firstOf } from './first-of.ts'
import { js } from './js/js.ts'

const task = {
  lattice: { cell: 'rectangular', shape: 'sheet', rows: 1, columns: 2 },
  metric: 'euclidean',
  kernel: 'gaussian',
} as const
const picky: Backend = {
  ...js(),
  name: 'picky',
  rejects: ({ metric }) => (metric === 'cosine' ? 'no cosine here' : null),
}
const absent: Backend = { ...js(), name: 'absent', rejects: () => 'not installed' }

it('the first backend that takes the task runs it, and the others say why not', () => {
  expect(chooseBackend([absent, picky, js()], task)).toMatchObject({
    backend: { name: 'picky' },
    passedOver: [{ name: 'absent', reason: 'not installed' }],
  })
  expect(firstOf(absent, picky, js()).choose?.({ ...task, metric: 'cosine' })?.backend.name).toBe('js')
})

it('a choice of choices finds the one inside', () => {
  const nested = firstOf(absent, firstOf(picky, js()))
  expect(nested.choose?.({ ...task, metric: 'cosine' })).toMatchObject({
    backend: { name: 'js' },
    passedOver: [{ name: 'absent' }, { name: 'picky', reason: 'no cosine here' }],
  })
})

it('when none takes it, every reason is given', async () => {
  const none = firstOf(absent, picky)
  expect(none.rejects({ ...task, metric: 'cosine' })).toBe('absent: not installed; picky: no cosine here')
  await expect(none.open({ ...task, metric: 'cosine' }, { matrix: matrix(1, 1) }, matrix(2, 1))).rejects.toThrow(
    'not installed',
  )
})

it('the record names the one that ran', async () => {
  const result = await train({ samples: drawMatrix(20, 2, 1), epochs: 1 }, { backend: firstOf(absent, picky, js()) })
  expect(result.isOk && result.value.training.backend).toBe('picky')
})
