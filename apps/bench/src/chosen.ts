import type { Case } from './case.ts'
import { drawnCases } from './cases/drawn.ts'
import { own } from './cases/own.ts'
import { cases } from './cases.ts'
import type { Options } from './options.ts'

/** The cases that the command line asks for, or the unknown names among them. */
export function chosenCases(options: Options): Case[] | { readonly unknown: readonly string[] } {
  const { cases: names, drawn, seed, rows, features, map } = options
  const known = [...cases, own]
  const unknown = names.filter((name) => !known.some((each) => each.name === name))
  if (unknown.length > 0) return { unknown }
  const fromSeed = drawnCases(drawn, seed)
  if (names.length > 0) return [...known.filter(({ name }) => names.includes(name)), ...fromSeed]
  if (drawn > 0) return fromSeed
  return rows || features || map ? [own] : [...cases]
}
