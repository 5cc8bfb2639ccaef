import { NO_SUM } from '../bounds.ts'
import { FORMS, type FormName } from '../forms.ts'

/** Rows and units of a workgroup's tile: 16 × 16 invocations, each with four rows and four units. */
export const TILE = 64

/** The four components of a vector: loops over them are unrolled, since indexed private arrays are not reliable. */
const FOUR = [0, 1, 2, 3] as const
const each = (write: (i: number) => string): string => FOUR.map(write).join('\n')

/**
 * For each row the four nearest units by sums in f32, nearest first (`units`), their sums (`sums`), and the sum of the
 * nearest unit that is left out (`guards`). A tile's rows and units are in workgroup memory, 16 features at a time.
 * With `holes`, features whose value in `x`, as bits, is NaN are left out.
 */
export const shortlist = (form: FormName, holes: boolean): string => /* wgsl */ `
struct Shape { first: u32, rows: u32, units: u32, features: u32 }
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> x: array<u32>;
@group(0) @binding(2) var<storage, read> w: array<f32>;
@group(0) @binding(3) var<storage, read_write> units: array<vec4<u32>>;
@group(0) @binding(4) var<storage, read_write> sums: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> guards: array<f32>;

const TILE = ${TILE}u;
const FEATURES = 16u;
const NO_SUM = ${NO_SUM};

// [feature][quarter of the tile]: four rows, or four units, in a vector
var<workgroup> tileX: array<vec4<f32>, 256>;
var<workgroup> tileW: array<vec4<f32>, 256>;
var<workgroup> topUnits: array<vec4<u32>, 256>;
${holes ? '// 1 for a value that is there, and 0 for a missing one\nvar<workgroup> tileHas: array<vec4<f32>, 256>;' : ''}

// The four nearest so far, and the sum of the nearest one that is left out.
struct Top { sums: vec4<f32>, units: vec4<u32>, guard: f32 }

fn push(top: Top, sum: f32, unit: u32) -> Top {
  let before = vec4<bool>(vec4<f32>(sum) < top.sums);
  let sums = vec4<f32>(sum, top.sums.xyz);
  let units = vec4<u32>(unit, top.units.xyz);
  // A place takes the newcomer if the one before it does not, and what was before it otherwise.
  let shifted = vec4<bool>(false, before.xyz);
  return Top(
    select(top.sums, select(vec4<f32>(sum), sums, shifted), before),
    select(top.units, select(vec4<u32>(unit), units, shifted), before),
    select(min(top.guard, sum), top.sums.w, before.w));
}

@compute @workgroup_size(16, 16)
fn shortlist(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let row0 = (group.x + group.y * groups.x) * TILE;
  if (row0 >= shape.rows) { return; }
  let none = Top(vec4<f32>(NO_SUM), vec4<u32>(0xffffffffu), NO_SUM);
  ${each((r) => `var top${r} = none;`)}
  for (var unit0 = 0u; unit0 < shape.units; unit0 += TILE) {
    ${each((r) => `var sum${r} = vec4<f32>(0.0);`)}
    for (var feature0 = 0u; feature0 < shape.features; feature0 += FEATURES) {
      let feature = feature0 + (index & 15u);
      let quarter = (index >> 4u) * 4u;
      let inside = feature < shape.features;
      let f = min(feature, shape.features - 1u);
      let bits = vec4<u32>(${FOUR.map((i) => `x[(shape.first + min(row0 + quarter + ${i}u, shape.rows - 1u)) * shape.features + f]`)});
      ${
        holes
          ? `let has = vec4<bool>((bits & vec4<u32>(0x7fffffffu)) <= vec4<u32>(0x7f800000u));
      let xs = bitcast<vec4<f32>>(select(vec4<u32>(0u), bits, has));`
          : 'let xs = bitcast<vec4<f32>>(bits);'
      }
      let ws = vec4<f32>(${FOUR.map((i) => `w[min(unit0 + quarter + ${i}u, shape.units - 1u) * shape.features + f]`)});
      let place = (index & 15u) * 16u + (index >> 4u);
      tileX[place] = select(vec4<f32>(0.0), xs, inside);
      ${holes ? 'tileHas[place] = select(vec4<f32>(0.0), vec4<f32>(1.0), has);' : ''}
      tileW[place] = select(vec4<f32>(0.0), ws, inside);
      workgroupBarrier();
      for (var q = 0u; q < FEATURES; q++) {
        let rows = tileX[q * 16u + local.y];
        let prototypes = tileW[q * 16u + local.x];
        ${holes ? 'let has = tileHas[q * 16u + local.y];' : ''}
        ${each((r) => `let by${r} = ${holes ? `has[${r}] * (rows[${r}] - prototypes)` : `rows[${r}] - prototypes`}; ${FORMS[form].add(`sum${r}`, `by${r}`)}`)}
      }
      workgroupBarrier();
    }
    let unit = unit0 + local.x * 4u;
    ${FOUR.map((c) => `if (unit + ${c}u < shape.units) { ${each((r) => `top${r} = push(top${r}, sum${r}[${c}], unit + ${c}u);`)} }`).join('\n')}
  }
  // The lists of sixteen invocations that share four rows become one, by way of tileX and tileW, which are free now.
  ${each(
    (r) => `
  tileX[index] = top${r}.sums; topUnits[index] = top${r}.units; tileW[index].x = top${r}.guard;
  for (var apart = 8u; apart > 0u; apart >>= 1u) {
    workgroupBarrier();
    if (local.x < apart) {
      let s = tileX[index + apart]; let u = topUnits[index + apart];
      ${each((i) => `top${r} = push(top${r}, s[${i}], u[${i}]);`)}
      top${r}.guard = min(top${r}.guard, tileW[index + apart].x);
      tileX[index] = top${r}.sums; topUnits[index] = top${r}.units; tileW[index].x = top${r}.guard;
    }
  }
  if (local.x == 0u) {
    let row = row0 + local.y * 4u + ${r}u;
    if (row < shape.rows) { units[row] = top${r}.units; sums[row] = top${r}.sums; guards[row] = top${r}.guard; }
  }
  workgroupBarrier();`,
  )}
}`
