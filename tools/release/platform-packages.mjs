// The platform packages of @som/native, made by napi for the release alone: nothing that this writes is committed.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NapiCli } from '@napi-rs/cli'
import { root } from '../lib/process.mjs'

const cwd = join(root, 'packages', 'native')
const LICENCES = ['LICENSE', 'THIRD-PARTY-NOTICES.md']

/**
 * Makes a package for each target of @som/native, with its addon from the folder `addons` and the licences of what is
 * in it, and names the packages in `optionalDependencies`. Gives their folders. Fails where an addon is missing.
 */
export async function makePlatformPackages(addons) {
  const napi = new NapiCli()
  await napi.createNpmDirs({ cwd })
  await napi.artifacts({ cwd, outputDir: addons })
  const folders = readdirSync(join(cwd, 'npm')).map((platform) => join(cwd, 'npm', platform))
  for (const folder of folders) {
    // napi lists the addon alone.
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    manifest.files = [...manifest.files, ...LICENCES]
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    for (const licence of LICENCES) copyFileSync(join(cwd, licence), join(folder, licence))
  }
  await napi.prePublish({ cwd, tagStyle: 'npm', ghRelease: false, skipOptionalPublish: true })
  return folders
}
