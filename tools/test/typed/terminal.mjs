// A terminal with a shell in it, in which commands are typed one after the other.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'

/** Seconds that a server may take to answer, and to end. */
const PATIENCE = 120

/** A command that continues until it is stopped. Its reader opens another terminal for what comes after it. */
const GOES_ON = /\bserve\b(?!.*--help)|\bstudio\b(?!.*--help)|--follow\b/

/** Opens a terminal in `folder`. What listens does so at `port`. */
export function openTerminal({ folder, env, port }) {
  const aside = mkdtempSync(join(tmpdir(), 'som-typed-'))
  const shell = spawn('bash', ['--noprofile', '--norc'], {
    cwd: folder,
    env: { ...env, SOM_PORT: String(port) },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const answers = createInterface({ input: shell.stdout })[Symbol.asyncIterator]()
  /** Has the shell do something that prints one line; gives that line. */
  const ask = async (text) => {
    shell.stdin.write(`${text}\n`)
    const { value, done } = await answers.next()
    if (done) throw new Error('the shell ended')
    return value
  }
  // Each job is a group of processes of its own, as in a terminal.
  shell.stdin.write('set -m -o pipefail\n')
  let typed = 0
  let running = null

  /** What was typed, as a file, and where its output goes. */
  const filesOf = (text) => {
    const [script, output] = ['sh', 'out'].map((ending) => join(aside, `${++typed}.${ending}`))
    writeFileSync(script, `${text}\n`)
    return { script, output }
  }

  /** Stops what continues, as Ctrl-C does. */
  const stop = async () => {
    if (running === null) return
    const { pid } = running
    running = null
    // Stopped anyway where it does not end.
    const late = `for i in $(seq ${PATIENCE}); do kill -0 -- -${pid} || exit; sleep 1; done; kill -9 -- -${pid}`
    await ask(`kill -INT -- -${pid}; (${late}) & watch=$!; wait ${pid}; kill -- -$watch; wait $watch; echo stopped`)
  }

  /** Starts what continues, and waits until it answers. */
  const start = async (text) => {
    await stop()
    const { script, output } = filesOf(text)
    const pid = Number(await ask(`. ${script} >${output} 2>&1 </dev/null ${/&\s*$/.test(text) ? '' : '&'}\necho $!`))
    running = { pid }
    const isServer = /\bserve\b/.test(text)
    for (let tries = 0; tries < PATIENCE * 4; tries += 1) {
      await setTimeout(250)
      const lives = (await ask(`kill -0 ${pid} && echo lives || echo ended`)) === 'lives'
      const said = readFileSync(output, 'utf8')
      if (!lives) return { code: 1, said: `it ended at once\n${said}` }
      const isReady = isServer ? await answersAt(port) : tries > 8
      if (isReady) return { code: 0, said }
    }
    return { code: 1, said: `it did not answer\n${readFileSync(output, 'utf8')}` }
  }

  return {
    /** Types a command; gives its exit code and what it wrote. */
    async type(text) {
      if (GOES_ON.test(text)) return start(text)
      const { script, output } = filesOf(text)
      const code = Number(await ask(`. ${script} >${output} 2>&1 </dev/null; echo $?`))
      return { code, said: readFileSync(output, 'utf8') }
    },
    async close() {
      await stop()
      shell.stdin.end('exit\n')
      shell.kill()
      rmSync(aside, { recursive: true, force: true })
    },
  }
}

const answersAt = (port) =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
