import { expect, test } from 'vitest'
import { LineCutter, MOST_LINE_BYTES } from './lines.ts'

const text = 'first\n\nthïrd ✓\r\nlast without an end'

test('lines and bytes are the same wherever the stream is cut', () => {
  const bytes = Buffer.from(text)
  for (let size = 1; size <= bytes.length; size++) {
    const cutter = new LineCutter()
    const found = []
    for (let at = 0; at < bytes.length; at += size) found.push(cutter.add(bytes.subarray(at, at + size)))
    found.push(cutter.rest())
    expect(found.flatMap(({ lines }) => lines)).toEqual(['first', '', 'thïrd ✓\r', 'last without an end'])
    expect(found.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes.length)
  }
})

test('a line without end is dropped, and its bytes are counted', () => {
  const cutter = new LineCutter()
  const part = Buffer.alloc(MOST_LINE_BYTES / 2 + 1, 'x')
  expect([cutter.add(part), cutter.add(part), cutter.add(part)].flatMap(({ lines }) => lines)).toEqual([])
  const { lines, bytes } = cutter.add(Buffer.from('end\nnext\n'))
  expect(lines).toEqual([null, 'next'])
  expect(bytes).toBe(3 * part.length + 9)
})
