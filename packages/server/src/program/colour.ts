import { styleText } from 'node:util'

/** When output is coloured: `auto` is on a terminal that has colours, unless `NO_COLOR` asks for none. */
export const COLOURS = ['auto', 'always', 'never'] as const
export type ColourChoice = (typeof COLOURS)[number]

type Stream = Pick<NodeJS.WriteStream, 'isTTY'>
type Style = Parameters<typeof styleText>[0]

let chosen: ColourChoice = 'auto'

/** What `--color` says, for all that this process writes. */
export function chooseColour(choice: ColourChoice): void {
  chosen = choice
}

/** Whether what is written to a stream may be coloured. */
export function hasColour({ isTTY }: Stream, env: NodeJS.ProcessEnv = process.env): boolean {
  if (chosen !== 'auto') return chosen === 'always'
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return !/^(0|false)$/.test(env.FORCE_COLOR)
  return isTTY === true && env.TERM !== 'dumb'
}

/** Text in a style, where the stream that it is for may be coloured. */
export function styled(stream: Stream, style: Style, text: string): string {
  return hasColour(stream) ? styleText(style, text, { validateStream: false }) : text
}
