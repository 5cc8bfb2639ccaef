import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { programFolder } from '../paths.ts'
import type { HostileRequest } from './hostile-requests.ts'

/** The arguments of the program of a hostile caller. */
export interface Attack {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly type: string
  readonly bodyFile: string
  readonly connections: number
  readonly seconds: number
}

/** Sends a request again and again from a process of its own; gives how often each status was answered. */
export async function attack(
  address: string,
  { path, method, type, body }: HostileRequest,
  load: Pick<Attack, 'connections' | 'seconds'>,
): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'som-attack-'))
  try {
    const bodyFile = join(folder, 'body')
    writeFileSync(bodyFile, body())
    const told: Attack = { url: address + path, method, type, bodyFile, ...load }
    const program = join(programFolder, 'attack.js')
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(told)])
    return JSON.parse(stdout) // our own program's
  } finally {
    rmSync(folder, { recursive: true })
  }
}
