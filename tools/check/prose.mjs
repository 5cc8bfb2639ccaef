// Checks the prose of comments, messages, help and docs against a short list of turns of phrase with a plainer one for
// each, and that comments end where code does. Prints `file:line: what it found; say "what is plainer"`.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The column at which the formatter ends code. */
const width = 120

/** What may stand where a phrase has a space: a space, or the end of a line and the start of the next comment line. */
const gap = '(?:[ \\t]+|[ \\t]*\\n[ \\t]*(?:(?:\\*|//[/!]?|#)[ \\t]+)?)'

const things =
  '(?:row|level|column|line|feature|unit|sample|epoch|page|package|file|command|folder|recipe|job|run|thread|map|segment|cluster|colour|value|test|tile|chunk|second|case|picture)'

/** Each turn of phrase, with what to say instead. A space stands for a gap; all ignore case. */
export const phrases = [
  ['what is said of', 'what is reported for'],
  ['(?<!so )that there (?:is|are)(?: not)?(?=[.,;:)])', 'that exists'],
  ['(?<!there )(?:is|are|were|was) none(?=[.,;:)]| of them)', 'is not one'],
  ['tells? (?:every|each|all|of|its|what|which|how|that|when|where|whether)\\b', 'reports, says'],
  ['(?:is|are|was|were|be|been) told(?! apart| to\\b| otherwise)', 'is reported'],
  ['(?:is|are|was|were|be) said', 'is stated'],
  ['says? of (?:each|every|all|what|it|a|the|its|how|one|rows?)\\b', 'says about'],
  ['listened at', 'listens on'],
  ['[<>]{7} \\w+', 'one side of a merge'],
  ['as it stands', 'as is, unchanged'],
  ['by (?:itself|themselves)', 'automatically, on its own'],
  [
    `(?:a|one) (?!that|is|in|of|as|for|to|has|was|with|by|from|or|and|on|at|be|takes|gives|the)\\w+ an? ${things}\\b`,
    'one … per …',
  ],
  ['to be had', 'available'],
  ['anew', 'again'],
  ['on the disk', 'on disk'],
  ['(?:go|goes|going|went|gone) on\\b', 'continue'],
  ['but for\\b', 'except for'],
  ['sees? to it', 'make sure'],
  ['(?:is|are) let (?:go|in|out)', 'is dropped, is admitted'],
  ['mend(?:s|ed|ing)?', 'fix'],
  ['(?:is|are|was|were) to be', 'must be, will be'],
  [
    '(?<!there |there\\n)(?:is|are) no (?!more|longer|less|fewer|better|worse|use|one|wider|thinner|farther|larger|smaller|lower|higher|deeper|narrower|concern)\\w+',
    'is not a',
  ],
  ['(?:is|are|was|were) asked for', 'is requested'],
  ['nothing by this name', 'no such file'],
  ['expected room|found it full', 'disk full'],
  ['as it is written|as they are written', 'as written'],
]

/** The faults in the text of one file, as `{ line, found, say }`; `code` where the file is a program. */
export function faultsOf(text, code) {
  const faults = []
  const lineAt = (index) => text.slice(0, index).split('\n').length
  for (const { pattern, say } of compiled)
    for (const { index, 0: found } of text.matchAll(pattern))
      faults.push({ line: lineAt(index), found: `"${found.replace(/\s*\n\s*(?:\*|\/\/[/!]?|#)?\s*/g, ' ')}"`, say })
  if (code)
    for (const [at, line] of text.split('\n').entries())
      if (line.length > width && /^\s*(?:\/\/|\/\*|\*(?:\s|\/))/.test(line) && !/https?:\/\/\S{60}/.test(line))
        faults.push({ line: at + 1, found: `a comment of ${line.length} columns`, say: `end it at column ${width}` })
  return faults.sort((a, b) => a.line - b.line)
}

const compiled = phrases.map(([phrase, say]) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${phrase.replaceAll(' ', gap)})(?![\\w-])`, 'gi'),
  say,
}))

const program = /\.(?:[mc]?[jt]s|rs)$/
/** Made by programs, quoted from elsewhere, or about prose itself. */
const leftOut =
  /(?:^|\/)(?:fixtures|__snapshots__)\/|CHANGELOG|THIRD-PARTY|CODE_OF_CONDUCT|client\/src\/interface\.ts|check\/prose/

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const listed = execFileSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', '*.ts', '*.?js', '*.rs', '*.md', '*.mts'],
    { cwd: root },
  )
  let failures = 0
  for (const name of listed.toString().trim().split('\n')) {
    if (leftOut.test(name) || (process.argv[2] && !name.startsWith(process.argv[2]))) continue
    for (const { line, found, say } of faultsOf(readFileSync(join(root, name), 'utf8'), program.test(name))) {
      failures += 1
      console.log(`${name}:${line}: ${found}; say: ${say}`)
    }
  }
  process.exitCode = failures === 0 ? 0 : 1
}
