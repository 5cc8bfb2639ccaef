import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../paths.ts'

/** What the kernels crate's probe prints, line by line; one line with the reason where it cannot be built. */
export function probe(what: 'limits' | 'brute' | 'train', threads: number): string[] {
  const manifest = join(root, 'packages', 'native', 'Cargo.toml')
  const args = ['run', '--release', '--quiet', '--example', 'probe', '--manifest-path', manifest]
  const ended = spawnSync('cargo', [...args, '--', what, String(threads)], { encoding: 'utf8' })
  if (ended.status === 0) return ended.stdout.trim().split('\n')
  return [`not probed: ${ended.stderr?.trim().split('\n').at(-1) ?? 'cargo was not found'}`]
}
