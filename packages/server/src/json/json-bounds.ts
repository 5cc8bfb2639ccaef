import { Refused } from '../problem.ts'

/** What a body of JSON may hold. */
export interface JsonBounds {
  /** Lists and objects within one another. */
  readonly depth: number
  /** Lists and objects in all. */
  readonly containers: number
  /** Names in one object. */
  readonly names: number
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Throws a `Refused` where bytes of JSON hold more than they may: in one pass, which allocates nothing, before they are parsed. */
export function checkJsonBounds(bytes: Uint8Array, most: JsonBounds): void {
  const names = new Int32Array(most.depth + 2)
  let [depth, containers] = [0, 0]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) at = endOfText(bytes, at)
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > most.depth)
        throw new Refused(400, [
          { path: '', message: `expected at most ${most.depth} lists and objects within one another` },
        ])
      if (++containers > most.containers)
        throw new Refused(413, [{ path: '', message: `expected at most ${most.containers} lists and objects` }])
      names[depth] = 0
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth = Math.max(0, depth - 1)
    else if (byte === COLON && ++names[depth] > most.names)
      throw new Refused(413, [{ path: '', message: `expected objects of at most ${most.names} names` }])
  }
}

/** Where the text that begins at `from` ends: at the next quote with an even number of backslashes before it. */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let end = from; ; ) {
    end = bytes.indexOf(QUOTE, end + 1)
    if (end < 0) return bytes.length
    let before = end - 1
    while (before > from && bytes[before] === BACKSLASH) before--
    if ((end - before) % 2 === 1) return end
  }
}
