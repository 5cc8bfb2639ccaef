import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../lib/process.mjs'
import { ensureStudioPage } from '../../lib/studio-page.mjs'
import { compiledSom } from '../compiled.ts'
import { makePlace } from './place.mjs'

/**
 * A place where `som`, however it is called, is the one compiled from the sources, which starts soon; other commands of
 * npm are asked only whether they are there.
 */
export async function compiledPlace(home = mkdtempSync(join(tmpdir(), 'som-typed-'))) {
  await ensureStudioPage()
  const som = `exec '${process.execPath}' '${await compiledSom()}' "$@"`
  const programs = {
    som,
    npx: `[ "$1" = @som/cli ] || exit 1\nshift\n${som}`,
    npm: `case "$1" in
  install) shift; for name; do [ -d "${root}/packages/\${name#@som/}" ] || exit 1; done ;;
  run) if [ "$2 $3 $4" = "-s som --" ]; then shift 4; ${som}; fi; grep -q "\\"$2\\":" "${root}/package.json" ;;
  *) exit 1 ;;
esac`,
  }
  return { home, ...makePlace({ home, programs }) }
}
