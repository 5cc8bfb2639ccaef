import { double } from './double.ts'

/** Invocations of a workgroup: one for each feature of each unit. */
export const SUMS = 64

/**
 * Adds to `sums` (units × features, in f64) the rows of each unit, in the order of `order`, where those of unit `k` are
 * at `starts[k]` to `starts[k + 1] - 1`. `x` and `weights` are the bits of f32 numbers. With `holes`, values that are
 * NaN are left out, and the weights of the others are added to `counts`, as many as sums.
 */
export const unitSums = (weighted: boolean, holes: boolean): string => /* wgsl */ `${double}
struct Shape { units: u32, features: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> x: array<u32>;
@group(0) @binding(2) var<storage, read> starts: array<u32>;
@group(0) @binding(3) var<storage, read> order: array<u32>;
@group(0) @binding(4) var<storage, read_write> sums: array<vec2<u32>>;
${weighted ? '@group(0) @binding(5) var<storage, read> weights: array<u32>;' : ''}
${holes ? `@group(0) @binding(${weighted ? 6 : 5}) var<storage, read_write> counts: array<vec2<u32>>;` : ''}

const ONE = vec2<u32>(0u, 0x3ff00000u);

@compute @workgroup_size(${SUMS})
fn unitSums(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let place = id.x + id.y * groups.x * ${SUMS}u;
  if (place >= shape.units * shape.features) { return; }
  let unit = place / shape.features;
  let feature = place % shape.features;
  var sum = sums[place];
  ${holes ? 'var count = counts[place];' : ''}
  for (var at = starts[unit]; at < starts[unit + 1u]; at++) {
    let row = order[at];
    let bits = x[row * shape.features + feature];
    ${holes ? 'if (isMissing(bits)) { continue; }' : ''}
    ${weighted ? 'let weight = widened(weights[row]);' : ''}
    sum = added(sum, ${weighted ? 'multiplied(weight, widened(bits))' : 'widened(bits)'});
    ${holes ? `count = added(count, ${weighted ? 'weight' : 'ONE'});` : ''}
  }
  sums[place] = sum;
  ${holes ? 'counts[place] = count;' : ''}
}`
