/**
 * WGSL has no f64. Here it is in integers, which no driver reorders, fuses or rounds otherwise: a double is
 * `vec2<u32>(low word, high word)`, and every function gives the bits of IEEE 754, rounded to nearest even. For zeros
 * and normal numbers whose results are such, as are all that come from f32.
 */
export const double = /* wgsl */ `
fn isZero(a: vec2<u32>) -> bool { return (a.x | (a.y & 0x7fffffffu)) == 0u; }
fn exponentOf(a: vec2<u32>) -> i32 { return i32((a.y >> 20u) & 0x7ffu); }
fn negated(a: vec2<u32>) -> vec2<u32> { return vec2<u32>(a.x, a.y ^ 0x80000000u); }
fn absolute(a: vec2<u32>) -> vec2<u32> { return vec2<u32>(a.x, a.y & 0x7fffffffu); }
// Of doubles that are at least 0.
fn isBelow(a: vec2<u32>, b: vec2<u32>) -> bool { return a.y < b.y || (a.y == b.y && a.x < b.x); }

fn shiftedLeft(v: vec2<u32>, by: u32) -> vec2<u32> {
  if (by == 0u) { return v; }
  if (by >= 32u) { return vec2<u32>(0u, v.x << (by - 32u)); }
  return vec2<u32>(v.x << by, (v.y << by) | (v.x >> (32u - by)));
}

// To the right, with the lowest bit set if a bit was lost: enough to round by.
fn shiftedRight(v: vec2<u32>, by: u32) -> vec2<u32> {
  if (by == 0u) { return v; }
  if (by >= 64u) { return vec2<u32>(u32((v.x | v.y) != 0u), 0u); }
  if (by == 32u) { return vec2<u32>(v.y | u32(v.x != 0u), 0u); }
  if (by > 32u) {
    let lost = v.x | (v.y << (64u - by));
    return vec2<u32>((v.y >> (by - 32u)) | u32(lost != 0u), 0u);
  }
  let lost = v.x << (32u - by);
  return vec2<u32>((v.x >> by) | (v.y << (32u - by)) | u32(lost != 0u), v.y >> by);
}

// The mantissa's 53 bits, at the place of 56: three more to round by.
fn mantissaOf(a: vec2<u32>) -> vec2<u32> {
  return shiftedLeft(vec2<u32>(a.x, (a.y & 0xfffffu) | 0x100000u), 3u);
}

// The double of a mantissa with its leading one at bit 55. The leading one adds 1 to the exponent, and so does a carry.
fn rounded(sign: u32, exponent: i32, m: vec2<u32>) -> vec2<u32> {
  let beyond = m.x & 7u;
  var low = (m.x >> 3u) | (m.y << 29u);
  var high = m.y >> 3u;
  if (beyond > 4u || (beyond == 4u && (low & 1u) == 1u)) {
    low += 1u;
    high += u32(low == 0u);
  }
  return vec2<u32>(low, sign | (high + (u32(exponent - 1) << 20u)));
}

fn added(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  if (isZero(b)) { return a; }
  if (isZero(a)) { return b; }
  var large = a;
  var small = b;
  if (isBelow(absolute(a), absolute(b))) { large = b; small = a; }
  let exponent = exponentOf(large);
  let sign = large.y & 0x80000000u;
  let m = mantissaOf(large);
  let n = shiftedRight(mantissaOf(small), u32(exponent - exponentOf(small)));
  if (((a.y ^ b.y) & 0x80000000u) == 0u) {
    let low = m.x + n.x;
    let sum = vec2<u32>(low, m.y + n.y + u32(low < m.x));
    let carried = (sum.y >> 24u) & 1u;
    return rounded(sign, exponent + i32(carried), shiftedRight(sum, carried));
  }
  let rest = vec2<u32>(m.x - n.x, m.y - n.y - u32(m.x < n.x));
  if ((rest.x | rest.y) == 0u) { return vec2<u32>(0u); }
  let zeros = select(countLeadingZeros(rest.y), 32u + countLeadingZeros(rest.x), rest.y == 0u) - 8u;
  return rounded(sign, exponent - i32(zeros), shiftedLeft(rest, zeros));
}

// The 64 bits of a product of words.
fn wordProduct(a: u32, b: u32) -> vec2<u32> {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let across = (a & 0xffffu) * (b >> 16u);
  let along = (a >> 16u) * (b & 0xffffu);
  let middle = (low >> 16u) + (across & 0xffffu) + (along & 0xffffu);
  let high = (a >> 16u) * (b >> 16u) + (across >> 16u) + (along >> 16u) + (middle >> 16u);
  return vec2<u32>((low & 0xffffu) | (middle << 16u), high);
}

fn multiplied(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let sign = (a.y ^ b.y) & 0x80000000u;
  if (isZero(a) || isZero(b)) { return vec2<u32>(0u, sign); }
  let aHigh = (a.y & 0xfffffu) | 0x100000u;
  let bHigh = (b.y & 0xfffffu) | 0x100000u;
  let ll = wordProduct(a.x, b.x);
  let lh = wordProduct(a.x, bHigh);
  let hl = wordProduct(aHigh, b.x);
  let hh = wordProduct(aHigh, bHigh);
  // Words 1 to 3 of the product of 106 bits; word 0 is ll.x.
  let one = ll.y + lh.x;
  let word1 = one + hl.x;
  let carry1 = u32(one < ll.y) + u32(word1 < one);
  let two = lh.y + carry1;
  let twoMore = two + hl.y;
  let word2 = twoMore + hh.x;
  let word3 = hh.y + u32(twoMore < two) + u32(word2 < twoMore);
  // Its leading one is bit 104 or 105, and comes to bit 55 or 56.
  let lost = ll.x | (word1 & 0x1ffffu);
  let m = vec2<u32>((word1 >> 17u) | (word2 << 15u) | u32(lost != 0u), (word2 >> 17u) | (word3 << 15u));
  let carried = (m.y >> 24u) & 1u;
  return rounded(sign, exponentOf(a) + exponentOf(b) - 1023 + i32(carried), shiftedRight(m, carried));
}

fn isMissing(bits: u32) -> bool { return (bits & 0x7fffffffu) > 0x7f800000u; }

// The double of the same value as the f32 with these bits.
fn widened(bits: u32) -> vec2<u32> {
  let sign = bits & 0x80000000u;
  let exponent = (bits >> 23u) & 0xffu;
  let m = bits & 0x7fffffu;
  if (exponent != 0u) { return vec2<u32>(m << 29u, sign | ((exponent + 896u) << 20u) | (m >> 3u)); }
  if (m == 0u) { return vec2<u32>(0u, sign); }
  let zeros = countLeadingZeros(m) - 8u;
  let normal = (m << zeros) & 0x7fffffu;
  return vec2<u32>(normal << 29u, sign | ((897u - zeros) << 20u) | (normal >> 3u));
}
`
