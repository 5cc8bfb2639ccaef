import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'
import type { Summary } from '../summary.ts'

/** `som completion` of a table of commands. What it does is loaded when it runs. */
export function completionCommand(commands: Readonly<Record<string, Summary>>): Awaited<ReturnType<Summary['load']>> {
  return (base, finish) => completing(commands, base, finish)
}

function completing(
  commands: Readonly<Record<string, Summary>>,
  base: Command,
  finish: (code: number) => void,
): CommandUnknownOpts {
  const command = base
    .argument('[shell]', 'bash, zsh or fish')
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Put it where your shell looks:
  bash  echo 'source <(som completion bash)' >> ~/.bashrc
  zsh   som completion zsh > "\${fpath[1]}/_som"
  fish  som completion fish > ~/.config/fish/completions/som.fish`,
    )
  command.action(async (_shell, _flags, self) => {
    const { runCompletion } = await import('../completion/run-completion.ts')
    finish(await runCompletion(commands, self))
  })
  return command
}
