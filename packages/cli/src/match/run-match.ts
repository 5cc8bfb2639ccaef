import type { operands } from '@som/server/command'
import type { MatchFlags } from '../command-flags/match-flags.ts'
import { Flags } from '../flags.ts'
import { answerRowsOf } from './answer-rows.ts'
import { unitsBeside } from './units-beside.ts'

/** Runs `som match`; gives the exit code. */
export function runMatch(command: Parameters<typeof operands>[0], flags: MatchFlags): Promise<number> {
  return answerRowsOf(command, flags, new Flags(), {
    doing: 'matching',
    example: 'som match map.som new.csv -o out.csv',
    refuses: () => [],
    beside: unitsBeside,
  })
}
