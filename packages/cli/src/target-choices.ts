import type { TargetChoice, TargetKind } from '@som/io'
import type { Flags } from './flags.ts'

const KINDS: readonly TargetKind[] = ['class', 'number']

/** `--target`: names of columns, and `name=class` or `name=number` where the kind is not that of the cells. */
export function targetChoices(read: Flags, texts: readonly string[] | undefined): TargetChoice[] {
  return (read.names(texts) ?? []).map((text): TargetChoice => {
    const kind = KINDS.find((one) => text.endsWith(`=${one}`))
    return kind === undefined ? { name: text } : { name: text.slice(0, -kind.length - 1), kind }
  })
}
