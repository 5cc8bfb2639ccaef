import { random } from '@som/core'
import { expect, it } from 'vitest'
import { cardOfPage } from '../../test/card-of-page.ts'
import { double } from './double.ts'

const COUNT = 40_000

const code = `${double}
@group(0) @binding(0) var<uniform> count: vec4<u32>;
@group(0) @binding(1) var<storage, read> pairs: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> sums: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read_write> products: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read> singles: array<u32>;
@group(0) @binding(5) var<storage, read_write> wide: array<vec2<u32>>;
@compute @workgroup_size(64)
fn compute(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= count.x) { return; }
  let pair = pairs[id.x];
  sums[id.x] = added(pair.xy, pair.zw);
  products[id.x] = multiplied(pair.xy, pair.zw);
  wide[id.x] = widened(singles[id.x]);
}`

const draw = random(1, 'doubles')

/** Of few bits, which tie when they are rounded, or of all 53; of a size from far below 1 to far above it. */
function drawn(): number {
  const sign = draw() < 0.5 ? -1 : 1
  const bits = [1, 2, 24, 53][Math.floor(4 * draw())]
  const exponent = Math.floor((draw() < 0.5 ? 120 : 6) * (draw() - 0.5))
  return draw() < 0.02 ? 0 : sign * Math.floor(draw() * 2 ** bits) * 2 ** exponent
}

/** Beside a number what it may cancel with, what is half of its last bit, or any other. */
function partnerOf(value: number): number {
  const kind = Math.floor(4 * draw())
  if (kind === 0) return -value
  if (kind === 1) return -value * (1 + (draw() - 0.5) * 2 ** -50)
  return kind === 2 ? value * 2 ** -53 : drawn()
}

/** -0 and 0 are one: sums never hold -0. */
const zeros = (values: Float64Array): Float64Array => values.map((value) => value + 0)

it('sums, products and widened numbers of the shaders have the bits of JavaScript', async () => {
  const card = await cardOfPage()
  const pairs = new Float64Array(2 * COUNT)
  for (let i = 0; i < COUNT; i++) {
    pairs[2 * i] = drawn()
    pairs[2 * i + 1] = partnerOf(pairs[2 * i])
  }
  const singles = Float32Array.from({ length: COUNT }, (_, i) =>
    i % 4 === 0 ? (draw() - 0.5) * 2 ** -130 : (draw() - 0.5) * 2 ** Math.floor(250 * draw() - 125),
  )
  const [sums, products, wide] = [0, 1, 2].map(() => card.storage(8 * COUNT))
  const buffers = [card.holding(pairs), sums, products, card.holding(singles), wide]
  await card.run({ code, entryPoint: 'compute' }, Uint32Array.of(COUNT, 0, 0, 0), buffers, COUNT / 64)
  const as = (buffer: GPUBuffer) => ({ buffer, bytes: 8 * COUNT, as: Float64Array })
  const found = await card.read<[Float64Array, Float64Array, Float64Array]>(as(sums), as(products), as(wide))
  const expected = (of: (a: number, b: number) => number): Float64Array =>
    Float64Array.from({ length: COUNT }, (_, i) => of(pairs[2 * i], pairs[2 * i + 1]))
  expect(zeros(found[0])).toEqual(zeros(expected((a, b) => a + b)))
  expect(zeros(found[1])).toEqual(zeros(expected((a, b) => a * b)))
  expect(zeros(found[2])).toEqual(zeros(Float64Array.from(singles)))
})
