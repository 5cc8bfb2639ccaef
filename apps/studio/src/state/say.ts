import { message } from './store.ts'

/** What browsers say about an address that does not answer, each in its own words. */
const NO_ANSWER =
  /^(Failed to fetch|Failed to load|NetworkError|Load failed|error loading dynamically|Importing a module script failed)/i

/** What went wrong, in words. */
export function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  if (!NO_ANSWER.test(words)) return words
  return 'the server of this page does not answer. Your work is kept in this page: try again when it is back.'
}

/** Shows what went wrong. */
export function say(error: unknown): void {
  message.value = { kind: 'error', text: wordsOf(error) }
}
