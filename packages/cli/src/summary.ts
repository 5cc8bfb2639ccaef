import type { Command, CommandUnknownOpts } from '@commander-js/extra-typings'

/** What the help of all says about a command, and how the rest of it is loaded. */
export interface Summary {
  readonly usage: string
  readonly description: string
  /**
   * Two command lines without the name of the command, with which its help begins. They run in this order, with the
   * data that `tools/test/typed` has.
   */
  readonly examples: readonly [string, string]
  /** Gives a command of this name its flags and its action. */
  load(): Promise<(base: Command, finish: (code: number) => void) => CommandUnknownOpts>
}
