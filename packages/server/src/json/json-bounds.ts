import { Refused } from '../problem.ts'

/** The limits of a JSON body. */
export interface JsonBounds {
  /** Nesting depth of lists and objects. */
  readonly depth: number
  /** Lists and objects in all. */
  readonly containers: number
  /** Names in one object. */
  readonly names: number
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Throws a `Refused` if a JSON body exceeds its limits: one pass before parsing, without allocating. */
export function checkJsonBounds(bytes: Uint8Array, most: JsonBounds): void {
  const names = new Int32Array(most.depth + 2)
  let [depth, containers] = [0, 0]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) at = endOfText(bytes, at)
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > most.depth)
        throw new Refused(400, [{ path: '', message: `expected lists and objects nested at most ${most.depth} deep` }])
      if (++containers > most.containers)
        throw new Refused(413, [{ path: '', message: `expected at most ${most.containers} lists and objects` }])
      names[depth] = 0
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth = Math.max(0, depth - 1)
    else if (byte === COLON && ++names[depth] > most.names)
      throw new Refused(413, [{ path: '', message: `expected objects of at most ${most.names} names` }])
  }
}

/** The end of the string that begins at `from`: the next quote after an even number of backslashes. */
function endOfText(bytes: Uint8Array, from: number): number {
  for (let end = from; ; ) {
    end = bytes.indexOf(QUOTE, end + 1)
    if (end < 0) return bytes.length
    let before = end - 1
    while (before > from && bytes[before] === BACKSLASH) before--
    if ((end - before) % 2 === 1) return end
  }
}
