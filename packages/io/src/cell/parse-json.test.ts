import { expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'

it("Python's NaN is null, and its Infinity is infinite", () => {
  expect(parseJson('{"a": NaN, "b": [Infinity, -Infinity, 1]}')).toEqual({
    a: null,
    b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1],
  })
})

it('words within texts stay as they are', () => {
  expect(parseJson('{"a": "NaN \\" Infinity", "b": NaN}')).toEqual({ a: 'NaN " Infinity', b: null })
})

it('what is not JSON is refused', () => {
  for (const text of ['{"a": nan}', '{"a": NaNs}', '{NaN', 'x']) expect(() => parseJson(text)).toThrow(SyntaxError)
})
