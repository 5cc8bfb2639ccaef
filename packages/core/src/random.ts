/** A source of numbers drawn uniformly from [0, 1). Pass your own to use another generator. */
export type RandomSource = () => number

/**
 * A source of uniform numbers with 32 random bits each, determined by `seed` and by names for its purpose:
 * `random(1, 'order', 7)` is the same on every machine and independent of `random(1, 'order', 8)`, so a resumed run
 * needs no generator state. The generator is sfc32 (C. Doty-Humphrey's PractRand), the key is hashed by FNV-1a and a
 * finaliser.
 */
export function random(seed: number, ...purpose: readonly (string | number)[]): RandomSource {
  const key = [seed, ...purpose].join('\u001f')
  let a = hash(key, 0x811c9dc5)
  let b = hash(key, 0x9e3779b9)
  let c = hash(key, 0x85ebca6b)
  let counter = 1
  const next = (): number => {
    const t = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

function hash(text: string, basis: number): number {
  let h = basis
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** An integer from 0 to `n - 1`. */
export function randomBelow(source: RandomSource, n: number): number {
  return Math.min(n - 1, Math.floor(source() * n))
}

/** 0 … n - 1 in an order drawn uniformly from all orders (Fisher and Yates). */
export function shuffled(source: RandomSource, n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = randomBelow(source, i + 1)
    const swap = order[i]
    order[i] = order[j]
    order[j] = swap
  }
  return order
}

/** `count` different integers from 0 to `n - 1`, in ascending order; all of them where count is n or more. */
export function sampleIndices(source: RandomSource, n: number, count: number): Uint32Array {
  if (count >= n) return Uint32Array.from({ length: n }, (_, i) => i)
  const chosen = new Set<number>()
  // Floyd's method: one draw per index, however large n is.
  for (let i = n - count; i < n; i++) {
    const j = randomBelow(source, i + 1)
    chosen.add(chosen.has(j) ? i : j)
  }
  return Uint32Array.from(chosen).sort()
}
