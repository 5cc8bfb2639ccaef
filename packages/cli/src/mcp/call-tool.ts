import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Issue } from '@som/core'
import { dashed } from '../dashed.ts'
import { quotedName } from '../text.ts'
import { placeToRead, placeToWrite } from './places.ts'
import { runSom } from './run-som.ts'
import { shortened } from './shortened.ts'
import type { Tool } from './tools.ts'

export type Given = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

type Part = CallToolResult['content'][number]

/** Rows that come back, and how large they and a picture may be. */
const FIRST_ROWS = 20
const MOST_BYTES = 64 * 2 ** 10
const MOST_PICTURE = 8 * 2 ** 20

const textOf = (text: string): Part => ({ type: 'text', text })
const refusal = (issues: readonly Issue[]): CallToolResult => ({
  content: [textOf(issues.map(({ path, message }) => `${path}: ${message}`).join('\n'))],
  isError: true,
})

/** Runs the command of a tool on files of a folder, with arguments that its schema has checked. */
export async function callTool(tool: Tool, given: Given, folder: string, signal: AbortSignal): Promise<CallToolResult> {
  const issues: Issue[] = []
  const places: Record<string, string> = {}
  for (const [path, text] of Object.entries(given)) {
    const place =
      typeof text !== 'string'
        ? null
        : path === 'output'
          ? await placeToWrite(folder, path, text, given.overwrite === true)
          : path === 'map' || path === 'table'
            ? await placeToRead(folder, path, text)
            : null
    if (place?.isOk) places[path] = place.value
    else if (place?.isErr) issues.push(place.error)
  }
  if (issues.length > 0) return refusal(issues)
  const aside = await mkdtemp(join(tmpdir(), 'som-mcp-'))
  try {
    const output = places.output ?? (tool.output && join(aside, tool.output === 'picture' ? 'map.png' : 'rows.ndjson'))
    const words = wordsOf(tool, given, places, output)
    const { code, out, err } = await runSom(words, folder, signal)
    if (code === null)
      return { content: [textOf(`${tool.command} was ended before it was done\n${err}`)], isError: true }
    const said = err.trim() === '' ? [] : [textOf(err.trim())]
    if (code !== 0)
      return { content: said.length > 0 ? said : [textOf(`${tool.command} ended with ${code}`)], isError: true }
    return {
      content: [...(await shown(tool, output, places.output)), ...summaryOf(out, places.output !== undefined), ...said],
    }
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** The words of the command: flags as one word each, so that no value is taken for a flag. */
function wordsOf(tool: Tool, given: Given, places: Given, output: string | undefined): string[] {
  const operands = tool.operands.flatMap((name) => {
    const word = places[name] ?? given[name]
    return word === undefined ? [] : [String(word)]
  })
  const flags = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined || name === 'output' || name === 'overwrite' || tool.operands.includes(name)) return []
    return [`--${dashed(name)}=${Array.isArray(value) ? value.map(quotedName).join(',') : value}`]
  })
  return [tool.command, ...operands, ...flags, ...(output === undefined ? [] : [`--output=${output}`]), '--json']
}

/** The summary, with long lists cut, and without a file that is not kept. */
function summaryOf(out: string, isKept: boolean): Part[] {
  if (out.trim() === '') return []
  try {
    const { output, ...others } = JSON.parse(out)
    return [textOf(JSON.stringify(shortened(isKept ? { output, ...others } : others)))]
  } catch {
    return [textOf(out.slice(0, MOST_BYTES))]
  }
}

/** What is shown of a file that the command has written. */
async function shown(tool: Tool, output: string | undefined, kept: string | undefined): Promise<Part[]> {
  if (output === undefined || tool.output === 'file') return []
  if (tool.output === 'rows') return kept === undefined ? [textOf(await firstLines(output))] : []
  if (!/\.png$/i.test(output)) return []
  const { size } = await stat(output)
  if (size > MOST_PICTURE) return [textOf(`the picture has ${size} bytes, more than are sent; name an output for it`)]
  return [{ type: 'image', data: (await readFile(output)).toString('base64'), mimeType: 'image/png' }]
}

/** The first rows of a file of NDJSON. */
async function firstLines(path: string): Promise<string> {
  const file = await open(path)
  try {
    const lines: string[] = []
    for await (const line of file.readLines()) {
      if (lines.length === FIRST_ROWS)
        return `${lines.join('\n')}\n… only the first ${FIRST_ROWS} rows; name an output for all`
      lines.push(line.slice(0, MOST_BYTES / FIRST_ROWS))
    }
    return lines.join('\n')
  } finally {
    await file.close()
  }
}
