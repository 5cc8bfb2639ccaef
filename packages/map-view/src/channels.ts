const known = new WeakMap<readonly string[], Uint8ClampedArray>()

/** Red, green and blue of each colour, as the browser reads it. */
export function channelsOf(colours: readonly string[]): Uint8ClampedArray {
  const before = known.get(colours)
  if (before !== undefined) return before
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, colours.length)
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const channels = new Uint8ClampedArray(3 * colours.length)
  if (context === null) return channels
  colours.forEach((colour, i) => {
    context.fillStyle = colour
    context.fillRect(i, 0, 1, 1)
  })
  const { data } = context.getImageData(0, 0, canvas.width, 1)
  colours.forEach((_, i) => {
    channels.set(data.subarray(4 * i, 4 * i + 3), 3 * i)
  })
  known.set(colours, channels)
  return channels
}
