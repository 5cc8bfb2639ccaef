// A recipe of CONTRIBUTING.md, told there as one diff, taken at its word.

/**
 * The edits of the diff below a heading of a page: in which file, which lines go, and which come for them. A hunk
 * begins with a bare @@ and has no line numbers, which would be wrong soon.
 */
export function editsUnder(heading, page) {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`))
  const [, diff] = section?.match(/^```diff\n(.*?)^```$/ms) ?? []
  if (diff === undefined) throw new Error(`${heading}: expected a block of diff below this heading, found none`)
  return diff
    .split(/^--- /m)
    .slice(1)
    .flatMap((part) => {
      const [file, ...hunks] = part.split(/\n@@\n/)
      return hunks.map((hunk) => ({ file, ...sidesOf(hunk.replace(/\n$/, '').split('\n')) }))
    })
}

const sidesOf = (lines) => ({ before: side(lines, '+'), after: side(lines, '-') })

/** The lines of a hunk without those of the other side. An empty line may have lost its leading space. */
const side = (lines, other) =>
  lines
    .filter((line) => !line.startsWith(other))
    .map((line) => `${line.slice(1)}\n`)
    .join('')

/** A file's text after its edit, whose lines must be there exactly once. */
export function edited(text, { file, before, after }) {
  const lined = `\n${text}`
  const at = lined.indexOf(`\n${before}`)
  const found = at < 0 ? 'nowhere' : lined.indexOf(`\n${before}`, at + 1) < 0 ? 'once' : 'more than once'
  if (found !== 'once') throw new Error(`${file}: expected these lines once, found them ${found}:\n${before}`)
  return lined.replace(`\n${before}`, () => `\n${after}`).slice(1)
}
