// Runs the workspace's own tools the same way on every system: by Node, without a shell.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The workspace's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The script behind a command that an installed package declares in its `bin`. */
export function binOf(packageName, command = packageName.split('/').at(-1)) {
  const folder = join(root, 'node_modules', ...packageName.split('/'))
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/**
 * Runs a program to its end in the workspace's folder; gives its exit code (1 when it could not be started or was
 * killed) and what it wrote. `show` passes the output on while it is written; `direct` hands it this process's own
 * streams, so that it may draw on a terminal, and gives no output back. `priority` is one of `os.setPriority`, for the
 * program and what it starts.
 */
export function run(
  command,
  args,
  { show = false, direct = false, cwd = root, env = {}, shell = false, priority } = {},
) {
  return new Promise((resolve) => {
    const stdio = direct ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe']
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, shell })
    if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority)
    let output = ''
    const collect = (stream, target) =>
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
        if (show) target.write(text)
      })
    collect(child.stdout, process.stdout)
    collect(child.stderr, process.stderr)
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }))
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}ended by ${signal}\n` : output }),
    )
  })
}

/** Runs a JavaScript program by this Node. */
export const runNode = (args, options) => run(process.execPath, args, options)

/** Runs npm, which is a script on Windows: only a shell starts those, so the arguments should be plain words. */
export const runNpm = (args, options) => run('npm', args, { ...options, shell: process.platform === 'win32' })
