import { computed, effect, signal } from '@preact/signals'
import { findRows } from '../select/find-rows.ts'
import { choose, filters, knowSearch } from './filters.ts'
import { table } from './store.ts'

/** The text in the field of the search: what is chosen follows once its rows are found. */
export const typed = signal('')
/** The share of the rows that has been searched; null where nothing is. */
export const searched = signal<number | null>(null)

/** ms without a key after which a large table is searched. */
const PAUSE_MS = 150
/** Tables of fewer cells are searched with each key. */
const MANY = 200_000

/** Which search is the last. */
let last = 0

const chosenText = computed(() => filters.value.search)
effect(() => {
  // As after undo, or with a link.
  typed.value = chosenText.value
  searched.value = null
  last++
})

/** Chooses the rows with a text in a cell. A large table is searched in slices, and the last text counts. */
export async function search(text: string): Promise<void> {
  const mine = ++last
  typed.value = text
  searched.value = null
  const { value: data } = table
  if (text !== '' && data !== null && data.rows * data.columns.length > MANY) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    if (mine !== last) return
    const found = await findRows(data, text, (share) => {
      if (mine !== last) return false
      searched.value = share
      return true
    })
    if (found === null) return
    searched.value = null
    if (table.value !== data) return
    knowSearch(data, text, found)
  }
  choose({ search: text })
}
