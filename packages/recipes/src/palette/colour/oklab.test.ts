import fc from 'fast-check'
import { expect, it } from 'vitest'
import { srgbOf } from './oklab.ts'
import { areOpaque, colourAt, pack, pointsOf, unpack } from './packed-colour.ts'

/** f32 holds seven digits of numbers up to 1. */
const F32 = 6

it('red, green, blue and white are where the OKLab article has them', () => {
  const colours = Uint32Array.of(
    pack(255, 0, 0, 255),
    pack(0, 255, 0, 255),
    pack(0, 0, 255, 255),
    pack(255, 255, 255, 255),
  )
  const { data } = pointsOf(colours, true)
  const expected = [0.627955, 0.224863, 0.125846, 0.86644, -0.233888, 0.179498, 0.452014, -0.032457, -0.311528, 1, 0, 0]
  expected.forEach((x, i) => void expect(data[i]).toBeCloseTo(x, 5))
})

it('every colour comes back from its point, with its alpha', () => {
  const byte = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(byte, byte, byte, (red, green, blue) => {
      const colour = pack(red, green, blue, 255)
      expect(unpack(colourAt(pointsOf(Uint32Array.of(colour), true).data))).toEqual([red, green, blue, 255])
      const veiled = pack(red, green, blue, 200)
      expect(unpack(colourAt(pointsOf(Uint32Array.of(veiled), false).data))).toEqual([red, green, blue, 200])
    }),
  )
})

it('what sRGB cannot show is clipped', () => {
  expect(srgbOf(2, 0, 0)).toEqual([255, 255, 255])
  expect(srgbOf(-1, 0, 0)).toEqual([0, 0, 0])
})

it('a squared distance of two veiled colours is the mean of those on black and on white', () => {
  const [a, b] = [pack(200, 30, 90, 128), pack(10, 180, 60, 40)]
  const veiled = pointsOf(Uint32Array.of(a, b), false).data
  const bare = pointsOf(Uint32Array.of(a, b), true).data
  const squared = [0, 1, 2, 3].reduce((sum, f) => sum + (veiled[f] - veiled[4 + f]) ** 2, 0)
  const on = (ground: number): number =>
    [0, 1, 2].reduce((sum, f) => {
      const ofGround = f === 0 ? ground : 0
      const [p, q] = [128 / 255, 40 / 255]
      return sum + (p * bare[f] + (1 - p) * ofGround - q * bare[3 + f] - (1 - q) * ofGround) ** 2
    }, 0)
  expect(squared).toBeCloseTo((on(0) + on(1)) / 2, F32)
})

it('all colours that nothing is seen of are one', () => {
  expect(pack(255, 9, 7, 0)).toBe(pack(0, 0, 0, 0))
  expect(areOpaque(Uint32Array.of(pack(1, 2, 3, 254)))).toBe(false)
})
