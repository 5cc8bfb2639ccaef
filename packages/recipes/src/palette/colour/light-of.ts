import { LINEAR } from './oklab.ts'
import { unpack } from './packed-colour.ts'

/**
 * Colours as light: linear red, green and blue times alpha, and alpha. Light is additive, so colours are mixed in this
 * form.
 */
export function lightOf(colours: Uint32Array): Float64Array {
  const light = new Float64Array(4 * colours.length)
  colours.forEach((colour, i) => {
    const [red, green, blue, byte] = unpack(colour)
    const alpha = byte / 255
    light.set([alpha * LINEAR[red], alpha * LINEAR[green], alpha * LINEAR[blue], alpha], 4 * i)
  })
  return light
}
