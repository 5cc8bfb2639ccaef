import { type ChildProcess, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { pythonEnvironment } from '../../python/environment.mjs'

/** A program of MLflow's with a process group of its own: it starts workers that must end with it. */
export function mlflowProcess({ folder, uri }: { folder: string; uri: string }, ...args: string[]): ChildProcess {
  const { python } = pythonEnvironment('mlflow')
  const env = {
    ...process.env,
    MLFLOW_TRACKING_URI: uri,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: '1',
    PATH: `${dirname(python)}:${process.env.PATH}`,
  }
  return spawn(python, ['-m', 'mlflow', ...args], { detached: true, stdio: 'ignore', env, cwd: folder })
}

/** A tracking server that keeps its things in a folder. */
export function startMlflow(port: number, folder: string): ChildProcess {
  const options = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1', '--serve-artifacts']
  const stores = [
    ...['--backend-store-uri', `sqlite:///${join(folder, 'm.db')}`],
    ...['--artifacts-destination', join(folder, 'artefacts')],
  ]
  return mlflowProcess({ folder, uri: `http://127.0.0.1:${port}` }, 'server', ...options, ...stores)
}

/** Waits until an address answers. */
export async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 500 && child.exitCode === null; tries++) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`MLflow did not start at ${url}`)
}

/** Ends a process with all that it started. */
export async function stopGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGKILL')
  await ended
}
