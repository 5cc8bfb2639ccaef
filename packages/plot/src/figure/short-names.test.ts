import fc from 'fast-check'
import { expect, it } from 'vitest'
import { prefixNotes, shortNames } from './short-names.ts'

it('what all long names begin with is cut up to its last word, and named once', () => {
  const short = shortNames(['plant_1.line_03.temperature', 'plant_1.line_03.flow', 'plant_1.line_03.temperate'])
  expect(short.texts).toEqual(['…temperature', '…flow', '…temperate'])
  expect(prefixNotes(short)).toEqual(['… stands for plant_1.line_03.'])
})

it.each([
  ['names that are short', ['petal length', 'petal width']],
  ['a name alone', ['plant_1.line_03.temperature']],
  ['a name twice', ['plant_1.line_03.temperature', 'plant_1.line_03.temperature']],
  ['names that share a part of a word', ['temperatureindoorsatnoon', 'temperatureindoorsatnight']],
  [
    'long names of which one is different',
    ['plant_1.line_03.temperature', 'plant_1.line_03.pressure', 'hour of the working day'],
  ],
])('%s stay whole', (_, names) => {
  expect(shortNames(names)).toEqual({ texts: names, prefix: '' })
})

it('names beside them that are short, or begin otherwise, stay whole', () => {
  const names = ['plant_1.line_03.temperature', 'plant_1.line_03.pressure', 'plant_1.line_03.t', 'hour']
  expect(shortNames(names).texts).toEqual(['…temperature', '…pressure', '…t', 'hour'])
})

it('a capital begins a word', () => {
  expect(shortNames(['temperatureOfTheFirstRoom', 'temperatureOfTheLastRoom']).texts).toEqual([
    '…FirstRoom',
    '…LastRoom',
  ])
})

it('something is left of every name, and the whole can be put together again', () => {
  expect(shortNames(['quite a long prefix of: ', 'quite a long prefix of: x']).texts).toEqual(['…of: ', '…of: x'])
  const part = fc.constantFrom('plant', 'line', '.', '_', ' ', 'ä', '😀', '1')
  const name = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(
      fc.array(
        name.map((end) => `plant 1, line 2: ${end}`),
        { minLength: 1 },
      ),
      (names) => {
        const { texts, prefix } = shortNames(names)
        expect(texts.map((text) => text.replace(/^…/, () => prefix))).toEqual(names)
        if (prefix !== '') for (const text of texts) expect(text.length).toBeGreaterThan(1)
        if (prefix !== '') expect(new Set(texts).size).toBe(new Set(names).size)
      },
    ),
  )
})
