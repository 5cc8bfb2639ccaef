// A user's project: empty, knowing only a registry.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binOf, run, runNode, runNpm } from '../../lib/process.mjs'
import { quietEnv } from './quiet-env.mjs'

const uses = fileURLToPath(new URL('uses/', import.meta.url))

/** What a strict user asks of the compiler: the packages' own declarations are checked too. */
const STRICT = { strict: true, skipLibCheck: false, target: 'es2022', noUncheckedIndexedAccess: true }

/** The two ways by which a compiler finds a package of ES modules. */
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext', outDir: 'built' },
  bundler: { module: 'preserve', moduleResolution: 'bundler', noEmit: true },
}

/** An empty project in `folder` whose packages come from `registry`. */
export function makeProject(folder, registry) {
  mkdirSync(folder, { recursive: true })
  // A cache of its own: npx keeps what it once installed, whatever registry that came from.
  const env = quietEnv(registry, { npm_config_cache: join(folder, '..', '.npm-cache') })
  const must = async (started, what) => {
    const { code, output } = await started
    if (code !== 0) throw new Error(`${what} ended with ${code}\n${output}`)
    return output
  }
  const npm = (...args) =>
    must(runNpm([...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env }), `npm ${args[0]}`)
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n')

  return {
    folder,
    /** The environment of its programs. */
    env,
    /** Installs packages, as words of npm's: `@som/core`, `--omit=optional`. */
    install: (...words) => npm('install', ...words),
    /** Runs the som command by npx, which installs it first. */
    npx: (...words) =>
      must(runNpm(['exec', '--yes', '--package=@som/cli', '--', 'som', ...words], { cwd: folder, env }), 'npx som'),
    /** Runs a line of a shell's. */
    shell: (line, more = {}) => must(run('sh', ['-c', line], { cwd: folder, env: { ...env, ...more } }), line),
    /** Checks `uses/<use>.ts` under both resolutions, and leaves what the first one emits in built/. */
    async compile(use, { lib = ['es2023'], types = [] } = {}) {
      copyFileSync(join(uses, `${use}.ts`), join(folder, `${use}.ts`))
      for (const [name, options] of Object.entries(RESOLUTIONS)) {
        const project = join(folder, `tsconfig.${name}.json`)
        writeFileSync(project, JSON.stringify({ compilerOptions: { ...STRICT, lib, types, ...options } }))
        await must(
          runNode([binOf('typescript', 'tsc'), '-p', project], { cwd: folder }),
          `TypeScript (${name}, skipLibCheck off)`,
        )
      }
      return join(folder, 'built', `${use}.js`)
    },
    /** Runs a compiled use; gives what it printed. */
    node: (file, ...args) => must(runNode([file, ...args], { cwd: folder, env }), file),
    /** The names of what is installed under a scope. */
    installed: (scope) => {
      const at = join(folder, 'node_modules', scope)
      return existsSync(at) ? readdirSync(at).sort() : []
    },
    read: (...path) => readFileSync(join(folder, ...path), 'utf8'),
  }
}
