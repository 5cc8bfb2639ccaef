// A checkout to throw away: the working tree as git would take it; for a release installed, with the versions and
// changelogs that its changesets make.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseTriple } from '@napi-rs/cli'
import { root, run, runNode } from '../../lib/process.mjs'
import { quietEnv } from './quiet-env.mjs'

/** Runs a step of the release in the checkout; throws what it wrote when it fails. */
export async function step(folder, args, { registry, env } = {}) {
  const { code, output } = await runNode(args, { cwd: folder, env: quietEnv(registry, env) })
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}\n${output}`)
  return output
}

/** Makes a clone of the working tree in `folder`, with nothing installed yet. */
export async function makeClone(folder) {
  mkdirSync(folder, { recursive: true })
  const git = (...args) => run('git', args, { cwd: folder })
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  for (const file of listed.output.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    copyFileSync(join(root, file), join(folder, file))
  }
  // Changelogs name the commit that a changeset came with.
  await git('init', '--quiet')
  await git('add', '--all')
  const author = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost', '-c', 'commit.gpgsign=false']
  await git(...author, 'commit', '--quiet', '--no-verify', '--message', 'Rehearse')
}

/** Makes the checkout of a release in `folder`; gives it back. */
export async function makeCheckout(folder) {
  await makeClone(folder)
  await step(folder, [join('tools', 'setup.mjs')])
  if (readdirSync(join(folder, '.changeset')).some((name) => name.endsWith('.md')))
    await step(folder, [join('tools', 'release', 'version-packages.mjs')])
  return folder
}

/**
 * Builds this machine's addon into out/addons of the checkout, and puts stand-ins beside it for the other platforms;
 * gives its platform, null where there is no Rust toolchain.
 */
export async function makeAddons(folder, rustProblem) {
  const addons = join(folder, 'out', 'addons')
  mkdirSync(addons, { recursive: true })
  const { napi } = JSON.parse(readFileSync(join(folder, 'packages', 'native', 'package.json'), 'utf8'))
  for (const { platformArchABI } of napi.targets.map(parseTriple))
    writeFileSync(
      join(addons, `som-native.${platformArchABI}.node`),
      'a stand-in: the release builds this one elsewhere\n',
    )
  if (rustProblem !== null) return null
  // Kept from one rehearsal to the next, and hardly optimised: only whether it runs is asked.
  const quick = {
    CARGO_PROFILE_RELEASE_LTO: 'off',
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
    CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
  }
  const target = join(root, 'out', 'rehearsal-target')
  const scripts = join(folder, 'packages', 'native', 'scripts')
  await step(folder, [join(scripts, 'build.mjs'), '--require'], { env: { CARGO_TARGET_DIR: target, ...quick } })
  const built = readdirSync(join(folder, 'packages', 'native')).find((name) => name.endsWith('.node'))
  copyFileSync(join(folder, 'packages', 'native', built), join(addons, built))
  return built.split('.')[1]
}
