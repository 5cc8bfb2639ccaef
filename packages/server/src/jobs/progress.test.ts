import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openData } from '../index.ts'
import type { KeptRequest } from './job.ts'
import { JobQueue } from './queue.ts'

const folder = mkdtempSync(join(tmpdir(), 'som-progress-'))
const data = openData(folder)
afterAll(() => {
  data.close()
  rmSync(folder, { recursive: true })
})

// The queue reads only the limits of a request.
const request = { limits: { jobs: 9 } } as KeptRequest

it('a job is given up after five ends without a new checkpoint, and never while each attempt reaches one', () => {
  const queue = new JobQueue(data.db, 9)
  const { id } = queue.submit('', request)
  for (let epoch = 1; epoch <= 8; epoch++) {
    queue.take()
    queue.tellAll(id, [{ kind: 'checkpoint', data: { epoch } }])
    expect(queue.recover()).toEqual([])
  }
  for (let i = 0; i < 4; i++) {
    queue.take()
    expect(queue.recover()).toEqual([])
  }
  queue.take()
  expect(queue.recover().map((job) => job.id)).toEqual([id])
  expect(queue.find(id)?.issues[0].message).toBe('failed after 5 attempts without progress: the server ended')
})
