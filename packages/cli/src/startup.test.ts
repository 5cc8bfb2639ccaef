import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { compiledPackages } from '../../../tools/test/compiled.ts'
import { COMMANDS } from './commands.ts'

/** Entries of our own packages that are followed into: they promise to load little. */
const FOLLOWED: Readonly<Record<string, URL>> = {
  '@som/server/program': new URL('../../server/src/program/index.ts', import.meta.url),
}

/**
 * The packages that a source file and the files it imports load at once; what is imported lazily or as a type does not
 * count.
 */
function loadedBy(file: URL, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file.href)) return new Set()
  seen.add(file.href)
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type\b)[^'"]*?from '([^']+)'/gm)
  const names = [...imports].map(([, name]) => name)
  const files = names.map((name) => FOLLOWED[name] ?? (name.startsWith('.') ? new URL(name, file) : null))
  const outer = names.filter((name, i) => files[i] === null && !name.startsWith('node:'))
  return new Set([...files.flatMap((found) => (found ? [...loadedBy(found, seen)] : [])), ...outer])
}

test('nothing but the parser of arguments is loaded before a command runs, so that help is quick', () => {
  expect([...loadedBy(new URL('./main.ts', import.meta.url))]).toEqual(['@commander-js/extra-typings'])
  // The same look finds what a command does load.
  expect([...loadedBy(new URL('./train/run-train.ts', import.meta.url))]).toContain('@som/io')
})

test('the help of all loads no command, and that of each command loads it alone', async () => {
  const packages = await compiledPackages()
  const script = `
    import { Session } from 'node:inspector'
    import { fileURLToPath } from 'node:url'
    const { run } = await import('${pathToFileURL(join(packages, 'cli', 'dist', 'run.js'))}')
    const loaded = []
    const session = new Session()
    session.connect()
    session.on('Debugger.scriptParsed', ({ params: { url } }) => url.startsWith('file:') && loaded.push(fileURLToPath(url)))
    session.post('Debugger.enable')
    process.stdout.write = () => true
    const found = []
    for (const words of JSON.parse(process.argv[1])) {
      loaded.length = 0
      await run(words)
      found.push(loaded.slice())
    }
    process.stderr.write(JSON.stringify(found))`
  const names = Object.keys(COMMANDS)
  const asked = [['--help'], ...names.map((name) => [name, '--help'])]
  const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', script, JSON.stringify(asked)], {
    encoding: 'utf8',
  })
  const commands = join(packages, 'cli', 'dist', 'commands')
  const [ofAll, ...ofEach]: string[][] = JSON.parse(ran.stderr)
  expect(ofAll).toEqual([])
  const own = ofEach.map((files) => files.filter((file) => file !== join(commands, 'shared.js')))
  // That of a server comes with what som shares with som-server. Flags of options come with core's table of them, once,
  // and with nothing else of core.
  const isOfOptions = (file: string): boolean =>
    /[\\/](cli[\\/]dist[\\/](option-flags|dashed|collect)\.js|core[\\/]dist[\\/](issue\.js|suggest\.js|(plan|map|rows)[\\/].*))$/.test(
      file,
    )
  const besideOptions = own.map((files) => files.filter((file) => !isOfOptions(file)))
  expect(besideOptions).toEqual(names.map((name) => (name === 'serve' ? [] : [join(commands, `${name}.js`)])))
})

test('DuckDB is loaded when a table is opened, not when @som/io is', () => {
  expect([...loadedBy(new URL('../../io/src/index.ts', import.meta.url))]).not.toContain('@duckdb/node-api')
})
