import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import { COLOURS, chooseColour, hasColour, styled } from './colour.ts'
import { refuseSecondValues } from './given-once.ts'

const GROUP = 'Every command:'

/** Gives a command what every command has: its settings from a file, and colours. */
export function addCommonOptions(command: CommandUnknownOpts): void {
  if (!command.options.some(({ long }) => long === '--config'))
    command.addOption(
      new Option(
        '--config <file>',
        'a JSON file with these options by name, such as {"epochs": 50}; those given here come first',
      ).helpGroup(GROUP),
    )
  command.addOption(
    new Option('--color <when>', `${COLOURS.join(', ')} (default: auto, which obeys NO_COLOR)`).helpGroup(GROUP),
  )
  command.helpOption('-h, --help', 'show this help')
  refuseSecondValues(command)
  // As soon as it is read, since the help is coloured too.
  command.on('option:color', (value: string) => {
    const found = COLOURS.find((choice) => choice === value)
    if (found !== undefined) chooseColour(found)
  })
  command.configureOutput({
    getOutHasColors: () => hasColour(process.stdout),
    getErrHasColors: () => hasColour(process.stderr),
  })
  command.configureHelp({ styleTitle: (title) => styled(process.stdout, 'bold', title) })
}

/** Begins the help of a command with examples: whole command lines. */
export function beginHelpWith(command: CommandUnknownOpts, examples: readonly string[]): void {
  command.addHelpText('before', () => {
    const title = styled(process.stdout, 'bold', 'Examples:')
    return `${title}\n${examples.map((line) => `  ${line}\n`).join('')}`
  })
}
