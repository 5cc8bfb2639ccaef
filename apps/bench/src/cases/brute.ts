import type { Case, Target } from '../case.ts'
import { probe } from '../programs/probe.ts'

const LEAST_RATIO = 8

/** Matching epoch by epoch in training, beside our own brute force in the same run. */
export const brute: Case = {
  name: 'brute',
  title: 'Matching in batch training, beside our own brute force',
  async run(options) {
    const lines = probe('train', options.threads)
    return {
      name: 'brute',
      title: brute.title,
      setting: `cargo run --release --example probe -- train ${options.threads}; seconds of computing, all threads together`,
      rows: [],
      findings: lines.filter((line) => !line.includes('epoch ')).map((line) => line.trim()),
      targets: targetsOf(lines),
    }
  },
}

/**
 * A line such as `W3: 50000 x 64 on 200 x 200`, and below it `all epochs: brute 14589.0 ms, auto 1876.9 ms, 7.8 times`.
 */
function targetsOf(lines: readonly string[]): Target[] {
  const from = lines.findIndex((line) => line.startsWith('W3:'))
  const all = lines.slice(from).find((line) => line.includes('all epochs'))
  const [, ratio] = /, ([\d.]+) times/.exec(from < 0 ? '' : (all ?? '')) ?? []
  if (!ratio) return []
  return [
    {
      what: `matching, all epochs of ${lines[from]}`,
      wanted: `at least ${LEAST_RATIO} times as fast as brute force`,
      found: `${ratio} times`,
      reached: Number(ratio) >= LEAST_RATIO,
    },
  ]
}
