const known = new WeakMap<readonly string[], Uint8ClampedArray>()
const single = new Map<string, Uint8ClampedArray>()

/** Red, green and blue of each colour, as the browser reads it. */
export function channelsOf(colours: readonly string[]): Uint8ClampedArray {
  const before = known.get(colours)
  if (before !== undefined) return before
  const data = read(colours)
  const channels = new Uint8ClampedArray(3 * colours.length)
  colours.forEach((_, i) => {
    channels.set(data.subarray(4 * i, 4 * i + 3), 3 * i)
  })
  known.set(colours, channels)
  return channels
}

/** Red, green, blue and opacity of one colour, 0 to 255 each. */
export function channelOf(colour: string): Uint8ClampedArray {
  const channels = single.get(colour) ?? read([colour])
  single.set(colour, channels)
  return channels
}

/** Red, green, blue and opacity of each colour. */
function read(colours: readonly string[]): Uint8ClampedArray {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, colours.length)
  canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) return new Uint8ClampedArray(4 * colours.length)
  colours.forEach((colour, i) => {
    context.fillStyle = colour
    context.fillRect(i, 0, 1, 1)
  })
  return context.getImageData(0, 0, canvas.width, 1).data
}
