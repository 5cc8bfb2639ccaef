import { expect, test } from 'vitest'
import { documentOf, type Kept, ofMachine } from './document.ts'
import { machine } from './machine.ts'
import { readOptions } from './options.ts'

const kept = (name: string, id: string, args: string[] = []): Kept => ({
  machine: { ...machine(), id, processor: 'A processor', date: '2026-01-02', load: 0 },
  options: readOptions(['--docs', ...args]),
  limits: { arithmetic: 123, read: 4, triad: 5 },
  result: { name, title: 'A case', setting: 'small', rows: [], findings: [], targets: [] },
})

test('the page says what was measured where, when, by which command, and what the machine can do', () => {
  const page = documentOf([kept('w2', 'a', ['--scale', '0.5', '--enough', '9'])])
  expect(page).toContain('Measured on 2026-01-02 on A processor')
  expect(page).toContain('123 GFLOP/s')
  expect(page).toContain('npm run bench -- w2 --threads 2 --repeats 3 --seed 1 --scale 0.5 --enough 9')
})

test('the page says where processors were kept from sleeping', () => {
  const awake = documentOf([kept('w2', 'a', ['--awake'])])
  expect(awake).toContain('npm run bench -- --docs --awake')
  expect(awake).toContain('kept from sleeping')
  expect(documentOf([kept('w2', 'a')])).not.toMatch(/awake|sleeping/)
})

test('a result of another machine, or with peers of an earlier run, is not beside those of this one', () => {
  const earlier: Kept = { ...kept('w4', 'a'), options: readOptions(['--reuse-peers']) }
  const found = [kept('w2', 'a'), kept('w3', 'b'), earlier]
  expect(ofMachine(found, 'a').map(({ result }) => result.name)).toEqual(['w2'])
})
