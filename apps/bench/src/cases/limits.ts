import type { Case, Target } from '../case.ts'
import { probe } from '../programs/probe.ts'

const LEAST_SHARE = 70

/**
 * The machine's own limit, probed by the kernels crate, and the share of it that fused matching reaches in the same
 * run.
 */
export const limits: Case = {
  name: 'limits',
  title: 'Fused matching as a share of the fused multiply-add peak',
  async run(options) {
    const lines = probe('brute', options.threads)
    return {
      name: 'limits',
      title: limits.title,
      setting: `cargo run --release --example probe -- brute ${options.threads}`,
      rows: [],
      findings: lines.map((line) => line.trim()),
      targets: targetsOf(lines),
    }
  },
}

/** Lines such as `20000 x 16 on 50 x 50 Euclidean: 10.33 ms, 155 of 266 GFLOP/s, 58 %`. */
function targetsOf(lines: readonly string[]): Target[] {
  return lines.flatMap((line) => {
    const parts = /x (\d+)\s+on\s+(\d+) x (\d+)\s+Euclidean: .* (\d+) %/.exec(line)
    if (!parts) return []
    const [, features, rows, columns, share] = parts.map(Number)
    if (![16, 64].includes(features) || ![2500, 40_000].includes(rows * columns)) return []
    return [
      {
        what: `fused matching, ${features} features, ${rows * columns} units`,
        wanted: `at least ${LEAST_SHARE} % of the peak`,
        found: `${share} %`,
        reached: share >= LEAST_SHARE,
      },
    ]
  })
}
