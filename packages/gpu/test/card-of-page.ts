import { type Card, openCard } from '../src/card.ts'

/** The card of a page whose browser has WebGPU, also one that computes on the CPU. */
export async function cardOfPage(): Promise<Card> {
  const adapter = await navigator.gpu.requestAdapter()
  if (adapter === null) throw new Error('expected an adapter, found none')
  return openCard(await adapter.requestDevice())
}
