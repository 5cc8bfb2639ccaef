import { McpServer, type ServerContext } from '@modelcontextprotocol/server'
import { suggest } from '@som/core'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { callTool, type Given } from './call-tool.ts'
import { listFiles } from './list-files.ts'
import { TOOLS } from './tools.ts'
import { turns } from './turns.ts'

export interface McpSettings {
  /** The real path of the folder that files are read from and written to. */
  readonly folder: string
  readonly version: string
  /** Seconds that one call may take. */
  readonly seconds: number
  /** Whether no tool may write. */
  readonly isReadOnly: boolean
  /** Ends what is running. */
  readonly signal: AbortSignal
}

/** Commands that run at once: each may use all cores. */
const AT_ONCE = 2
/** Milliseconds between two notices that a call still runs. */
const TICK_MS = 5000

const INSTRUCTIONS = `Som lays the rows of a table out on a map: a self-organising map, on which rows that are alike are near each other. Begin with list_files and look_at_table; then train_map, measure_map, find_clusters or describe_segments, and draw_map (u-matrix first). match_rows, predict_rows, impute_rows and place_rows treat new rows as the training rows were treated. The same seed gives the same map.`

/** A server of the Model Context Protocol whose tools are commands of som. */
export function mcpServer({ folder, version, seconds, isReadOnly, signal }: McpSettings): McpServer {
  const server = new McpServer({ name: 'som', version }, { instructions: INSTRUCTIONS })
  const inTurn = turns(AT_ONCE)
  server.registerTool(
    'list_files',
    {
      title: 'List files',
      description: 'The tables and maps in the folder, with their sizes.',
      inputSchema: toStandardJsonSchema(v.strictObject({})),
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async () => ({ content: [{ type: 'text', text: await listFiles(folder) }] }),
  )
  for (const [name, tool] of Object.entries(TOOLS)) {
    const { output, overwrite, ...others } = tool.takes
    if (isReadOnly && tool.output === 'file') continue
    const takes = isReadOnly ? others : tool.takes
    server.registerTool(
      name,
      {
        title: tool.title,
        description: tool.description,
        inputSchema: toStandardJsonSchema(v.strictObject(takes, unknownArgument(Object.keys(takes)))),
        annotations: {
          readOnlyHint: !('output' in takes),
          destructiveHint: 'output' in takes,
          idempotentHint: true,
          openWorldHint: false,
        },
      },
      (given, context) =>
        inTurn(async () => {
          const ends = [signal, context.mcpReq.signal, AbortSignal.timeout(seconds * 1000)]
          const ticking = tick(name, context)
          try {
            return await callTool(tool, given as Given, folder, AbortSignal.any(ends))
          } finally {
            clearInterval(ticking)
          }
        }),
    )
  }
  return server
}

/** Tells who asked for it how long a call has run, so that they wait on. */
function tick(name: string, { mcpReq }: ServerContext): NodeJS.Timeout | undefined {
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return undefined
  let progress = 0
  return setInterval(() => {
    progress += TICK_MS / 1000
    const message = `${name} has run for ${progress} s`
    void mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, progress, message } })
      .catch(() => {})
  }, TICK_MS)
}

/** The message for an argument that a tool does not have; the others keep theirs. */
const unknownArgument = (names: readonly string[]) => (issue: v.StrictObjectIssue) => {
  if (issue.expected !== 'never') return issue.message
  const name = String(issue.path?.[0]?.key)
  const near = suggest(name, names)
  return `no such argument; ${near === undefined ? `expected ${names.join(', ')}` : `did you mean ${near}?`}`
}
