import { type Contents, typeAndBytes } from './safetensors.ts'
import { sha256 } from './sha-256.ts'

/**
 * The digest of a model file: SHA-256 of the text under `som` and a line end, then of each tensor by name a line with
 * its name, type and shape (`codebook F32 12x2`) and its bytes. It covers what a file says, not where in the file: the
 * same contents in another order have the same digest.
 */
export function contentDigest(som: string, tensors: Contents['tensors']): string {
  const text = new TextEncoder()
  const parts: Uint8Array[] = [text.encode(`${som}\n`)]
  for (const [name, tensor] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { type, bytes } = typeAndBytes(tensor)
    parts.push(text.encode(`${name} ${type} ${tensor.shape.join('x')}\n`), bytes)
  }
  return sha256(parts)
}
