import type { CommandUnknownOpts } from '@commander-js/extra-typings'

/** Refuses a flag that takes one value and is given two: one of them would be lost. Flags of lists take any number. */
export function refuseSecondValues(command: CommandUnknownOpts): void {
  for (const option of command.options.filter(({ required }) => required)) {
    let first: string | undefined
    // The command has read the value by then.
    command.on(`option:${option.name()}`, (text: string) => {
      if (Array.isArray(command.getOptionValue(option.attributeName()))) return
      if (first !== undefined && text !== first)
        command.error(`error: ${option.long}: expected one value, found ${first} and ${text}`)
      first = text
    })
  }
}
