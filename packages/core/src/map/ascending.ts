/** 0 to `count` - 1. */
export function ascending(count: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: count }, (_, i) => i)
}
