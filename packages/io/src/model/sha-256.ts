/** SHA-256 of the parts joined, in hexadecimal: Node's own where there is one, `plainSha256` in pages. */
export function sha256(parts: Iterable<Uint8Array>): string {
  // Not imported, so that bundlers for pages have nothing to resolve, and at once: a page's own digests are promises.
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto')
  if (crypto === undefined) return plainSha256(parts)
  const hash = crypto.createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

const BLOCK_BYTES = 64
const ROUNDS = 64

/** SHA-256 of the parts joined, in hexadecimal, as FIPS 180-4 describes it. */
export function plainSha256(parts: Iterable<Uint8Array>): string {
  const state = Int32Array.from(START)
  const words = new Int32Array(ROUNDS)
  const block = new Uint8Array(BLOCK_BYTES)
  const view = new DataView(block.buffer)
  let filled = 0
  let length = 0
  const take = (part: Uint8Array): void => {
    for (let at = 0; at < part.length; ) {
      const some = part.subarray(at, at + BLOCK_BYTES - filled)
      block.set(some, filled)
      at += some.length
      filled += some.length
      if (filled < BLOCK_BYTES) return
      compress(state, view, words)
      filled = 0
    }
  }
  for (const part of parts) {
    length += part.length
    take(part)
  }
  take(endOf(length))
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** A one bit, zeros up to the last 8 bytes of a block, and the number of bits in those. */
function endOf(length: number): Uint8Array {
  const zeros = (2 * BLOCK_BYTES - 9 - (length % BLOCK_BYTES)) % BLOCK_BYTES
  const end = new Uint8Array(1 + zeros + 8)
  end[0] = 0x80
  new DataView(end.buffer).setBigUint64(1 + zeros, BigInt(length) * 8n)
  return end
}

function compress(state: Int32Array, block: DataView, words: Int32Array): void {
  for (let t = 0; t < 16; t++) words[t] = block.getInt32(4 * t)
  for (let t = 16; t < ROUNDS; t++) {
    const near = words[t - 2]
    const far = words[t - 15]
    const a = rotated(near, 17) ^ rotated(near, 19) ^ (near >>> 10)
    const b = rotated(far, 7) ^ rotated(far, 18) ^ (far >>> 3)
    words[t] = (a + words[t - 7] + b + words[t - 16]) | 0
  }
  let a = state[0]
  let b = state[1]
  let c = state[2]
  let d = state[3]
  let e = state[4]
  let f = state[5]
  let g = state[6]
  let h = state[7]
  for (let t = 0; t < ROUNDS; t++) {
    const chosen = (e & f) ^ (~e & g)
    const one = (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + chosen + ROUND[t] + words[t]) | 0
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const two = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  state[0] += a
  state[1] += b
  state[2] += c
  state[3] += d
  state[4] += e
  state[5] += f
  state[6] += g
  state[7] += h
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

const PRIMES = firstPrimes(ROUNDS)
/** The first 32 bits behind the point of the square roots of the first 8 primes. */
const START = PRIMES.slice(0, 8).map((prime) => firstBits(Math.sqrt(prime)))
/** The same of the cube roots of the first 64. */
const ROUND = Int32Array.from(PRIMES, (prime) => firstBits(Math.cbrt(prime)))

function firstBits(root: number): number {
  return Math.floor((root % 1) * 2 ** 32) | 0
}

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}
