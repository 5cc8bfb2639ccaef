/**
 * Parses JSON, including Python's `NaN`, `Infinity` and `-Infinity` outside strings. NaN is a missing value, like null;
 * an infinite number is refused where numbers are read. Throws a SyntaxError like `JSON.parse`.
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
/** Strings, which stay unchanged, or one of the words. */
const TOKENS = /"(?:[^"\\]|\\.)*"|(-?\bInfinity\b|\bNaN\b)/g
const VALUES: Readonly<Record<string, string>> = { NaN: 'null', Infinity: '1e999', '-Infinity': '-1e999' }
