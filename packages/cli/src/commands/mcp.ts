import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** `som mcp`. What it does is loaded when it runs. */
export function mcpCommand(base: Command, finish: (code: number) => void): CommandUnknownOpts {
  const command = base
    .argument('[folder]', 'the folder that tables and maps are read from and written to (default: this one)')
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--read-only', 'write nothing: no tool that makes a map, a table or a report')
    .option('--limit <seconds>', 'the most that one call may take (default: 600)')
  command.action(async (_folder, flags, self) => {
    const { runMcp } = await import('../mcp/run-mcp.ts')
    finish(await runMcp(self, flags))
  })
  return command
}
