import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { topicsOf } from './docs/topics.mjs'

const indexOf = (name) => readFileSync(new URL(`../../packages/${name}/src/index.ts`, import.meta.url), 'utf8')

test('the API reference of core begins with train', () => {
  const [first] = topicsOf(indexOf('core'))
  expect([first.title, first.slug, first.names[0]]).toEqual(['Training', 'training', 'train'])
})

test('each export is in one topic, under a name of its own', () => {
  const topics = topicsOf(indexOf('core'))
  const names = topics.flatMap((topic) => topic.names)
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(topics.map(({ slug }) => slug)).size).toBe(topics.length)
})

test('an index without headings is one topic', () => {
  expect(topicsOf("export { a, b } from './x.ts'\nexport type { C } from './y/z.ts'\n")).toEqual([
    { title: '', slug: '', names: ['a', 'b', 'C'] },
  ])
})
