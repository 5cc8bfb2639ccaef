import { expect, it } from 'vitest'
import { secondsOfText, trimCell } from './cell-text.ts'

it.each([
  ['1970-01-02', 86_400],
  ['1970/1/2', 86_400],
  [' 1970-01-01 01:02\n', 3720],
  ['1970-01-01T01:02:03.5Z', 3723.5],
  ['1970-01-01 01:02+01:00', 120],
  ['1970-01-01T00:00:00 -0130', 5400],
  ['1970-01-01T00:00:00.123456789', 0.123456],
  ['12:30', 45_000],
  ['6:05:01.25', 21_901.25],
])('%j is a time', (text, seconds) => {
  expect(secondsOfText(text)).toBe(seconds)
})

it.each([
  '',
  '2024',
  '2024-02-30',
  '2024-13-01',
  '2024-01-05 24:00',
  '2024-01-05Z',
  '12:60',
  '5',
  'soon',
  '0000-01-01',
])('%j is not a time', (text) => {
  expect(secondsOfText(text)).toBeNull()
})

it('spaces around a cell are not part of it, a no-break space is', () => {
  expect(trimCell('\t a b\r\n')).toBe('a b')
  expect(trimCell('\u00a0a')).toBe('\u00a0a')
})
