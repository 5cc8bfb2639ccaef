/** The limits of JSON in a model file. */
export interface JsonBounds {
  /** Nesting depth of lists and objects. */
  readonly depth: number
  /** Names and list entries in all. */
  readonly entries: number
}

/**
 * Why JSON may not be parsed; null if it may. One pass that keeps only the names of open objects, so that deep or
 * repetitive JSON never costs what it would cost a parser.
 */
export function jsonProblem(text: string, most: JsonBounds): string | null {
  /** Names of each open object; null for a list. */
  const open: (Set<string> | null)[] = []
  let entries = 0
  let isName = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    const names = open[open.length - 1]
    if (letter === '"') {
      const end = endOfText(text, at)
      if (isName && names) {
        const name = text.slice(at, end + 1)
        if (names.has(name)) return `two entries named ${name.slice(0, 60)}`
        names.add(name)
        isName = false
      }
      at = end
    } else if (letter === '{' || letter === '[') {
      if (open.length === most.depth) return `lists and objects nested more than ${most.depth} deep`
      open.push(letter === '{' ? new Set() : null)
      isName = letter === '{'
      entries++
    } else if (letter === '}' || letter === ']') {
      open.pop()
      isName = false
    } else if (letter === ',') {
      isName = names instanceof Set
      entries++
    }
    if (entries > most.entries) return `more than ${most.entries} entries`
  }
  return null
}

/** The end of the string that begins at `from`: the next quote after an even number of backslashes. */
function endOfText(text: string, from: number): number {
  for (let end = from; ; ) {
    end = text.indexOf('"', end + 1)
    if (end < 0) return text.length
    let before = end - 1
    while (before > from && text[before] === '\\') before--
    if ((end - before) % 2 === 1) return end
  }
}
