import { openTable } from './actions.ts'
import { say } from './say.ts'

/** Real tables that come with the page. */
export const EXAMPLES = [
  {
    name: 'penguins.csv',
    is: '344 penguins of three species: bills, flippers, mass',
    at: new URL('../../../../examples/penguins/penguins.csv', import.meta.url),
  },
  {
    name: 'customers.csv',
    is: '2357 customers of a music shop: orders and what they spent',
    at: new URL('../../../../examples/segments/customers.csv', import.meta.url),
  },
  {
    name: 'flow.csv',
    is: '1268 hours of the flow in a water pipe, with two breaks',
    at: new URL('../../../../examples/sensors/flow.csv', import.meta.url),
  },
] as const

export async function openExample({ name, at }: (typeof EXAMPLES)[number]): Promise<void> {
  try {
    const answer = await fetch(at)
    if (!answer.ok) throw new Error(`${name}: expected the example, found status ${answer.status}`)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    await openTable({ name, bytes, key: null, path: name, isExample: true })
  } catch (error) {
    say(error)
  }
}
