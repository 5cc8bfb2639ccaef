/** Everything that a stream gives, in one array. `onPart` hears how many bytes have come, and may throw to end it. */
export async function readStream(
  stream: ReadableStream<Uint8Array>,
  onPart: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value)
    size += next.value.length
    onPart(size)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
