import { LEAST_SUM, MOST_SUM } from '../bounds.ts'
import { FORMS, type FormName } from '../forms.ts'
import { double } from './double.ts'

/** Rows of a workgroup: one per invocation. */
export const ROWS = 64

/** Written as the unit of a row that its shortlist does not settle. */
export const LEFT: number = 2 ** 32 - 1

const FOUR = [0, 1, 2, 3] as const
const each = (write: (i: number) => string): string => FOUR.map(write).join('\n')

/**
 * For each row the nearest unit by the definition's sums in f64, and the second nearest if `shape.second` is 1, with
 * their sums; or the unit `LEFT` where the four of its shortlist do not prove it. First come the nearest of all rows,
 * then the second nearest. `x` and `w` are the bits of f32 numbers; features whose value in `x` is NaN are left out.
 */
export const settle = (form: FormName): string => /* wgsl */ `${double}
struct Shape { first: u32, rows: u32, features: u32, ratio: u32, second: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> x: array<u32>;
@group(0) @binding(2) var<storage, read> w: array<u32>;
@group(0) @binding(3) var<storage, read> units: array<vec4<u32>>;
@group(0) @binding(4) var<storage, read> sums: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> guards: array<f32>;
@group(0) @binding(6) var<storage, read_write> settledUnits: array<u32>;
@group(0) @binding(7) var<storage, read_write> settledSums: array<vec2<u32>>;

const LEFT = ${LEFT}u;

// Whether a unit comes before another: by its sum, then by its number.
fn isBefore(sum: vec2<u32>, unit: u32, otherSum: vec2<u32>, other: u32) -> bool {
  return isBelow(sum, otherSum) || (all(sum == otherSum) && unit < other);
}

// Whether two different sums could be one once they are divided.
fn areClose(a: vec2<u32>, b: vec2<u32>) -> bool {
  let apart = max(a.x, b.x) - min(a.x, b.x);
  if (a.y == b.y) { return apart != 0u && apart < 8u; }
  return max(a.y, b.y) - min(a.y, b.y) == 1u && apart > 0xfffffff8u;
}

@compute @workgroup_size(${ROWS})
fn settle(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * ${ROWS}u;
  if (row >= shape.rows) { return; }
  let candidates = units[row];
  let found = sums[row];
  // A smaller sum may lack numbers that were flushed, but it is not larger than that.
  let needed = max(select(found.x, found.y, shape.second == 1u), ${LEAST_SUM});
  let limit = needed * bitcast<f32>(shape.ratio);
  if (!(limit < ${MOST_SUM} && guards[row] > limit)) {
    settledUnits[row] = LEFT;
    return;
  }
  ${each((i) => `let takes${i} = found[${i}] <= limit; let at${i} = select(0u, candidates[${i}], takes${i}) * shape.features; var sum${i} = vec2<u32>(0u);`)}
  let base = (shape.first + row) * shape.features;
  for (var f = 0u; f < shape.features; f++) {
    let bits = x[base + f];
    if (isMissing(bits)) { continue; }
    let value = widened(bits);
    ${each((i) => `if (takes${i}) { let by = added(value, negated(widened(w[at${i} + f]))); ${FORMS[form].addDouble(`sum${i}`, 'by')} }`)}
  }
  var sum = sum0; var unit = candidates[0];
  var secondSum = vec2<u32>(0xffffffffu); var secondUnit = LEFT;
  var isClose = false;
  ${[1, 2, 3]
    .map(
      (i) => `if (takes${i}) {
    ${form === 'hamming' ? `isClose = isClose || areClose(sum, sum${i}) || areClose(secondSum, sum${i});` : ''}
    if (isBefore(sum${i}, candidates[${i}], sum, unit)) {
      secondSum = sum; secondUnit = unit;
      sum = sum${i}; unit = candidates[${i}];
    } else if (isBefore(sum${i}, candidates[${i}], secondSum, secondUnit)) {
      secondSum = sum${i}; secondUnit = candidates[${i}];
    }
  }`,
    )
    .join('\n  ')}
  if (isClose) { unit = LEFT; }
  settledUnits[row] = unit;
  settledSums[row] = sum;
  settledUnits[shape.rows + row] = secondUnit;
  settledSums[shape.rows + row] = secondSum;
}`
