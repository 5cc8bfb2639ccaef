/**
 * JSON as other programs write it too: Python's `NaN`, `Infinity` and `-Infinity` outside of texts. NaN is a missing value, as null is; an infinite number is
 * larger than every finite one and refused where numbers are read. Throws a SyntaxError as `JSON.parse` does.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!TOKEN.test(text)) throw error
    return JSON.parse(text.replace(TOKENS, (found, word?: string) => (word === undefined ? found : VALUES[word])))
  }
}

const TOKEN = /\b(NaN|Infinity)\b/
/** Texts, which stay as they are, or one of the words. */
const TOKENS = /"(?:[^"\\]|\\.)*"|(-?\bInfinity\b|\bNaN\b)/g
const VALUES: Readonly<Record<string, string>> = { NaN: 'null', Infinity: '1e999', '-Infinity': '-1e999' }
