import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, hostname, loadavg, release, totalmem, type } from 'node:os'

/** What the times were taken on. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memory: string
  readonly system: string
  readonly node: string
  readonly date: string
  /**
   * Programs that wanted to run in the last minute, without our own idle loops: above the cores, times are those of a
   * shared machine.
   */
  readonly load: number
  /**
   * The same for this machine until it is started again: many processors share a name, and times beside each other must
   * be of one.
   */
  readonly id: string
}

/** A machine in one line. */
export function machineText({ processor, cores, memory, system, node }: Machine): string {
  return `${processor}, ${cores} cores, ${memory}, ${system}, Node ${node.slice(1)}`
}

/** This machine, with so many loops of the idle class running. */
export function machine(loops: number = 0): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    load: Math.max(0, loadavg()[0] - loops),
    id: machineId(),
  }
}

const BOOT = '/proc/sys/kernel/random/boot_id'

/** Linux names each start of a machine; elsewhere its host name has to do. */
function machineId(): string {
  const start = existsSync(BOOT) ? readFileSync(BOOT, 'utf8').trim() : hostname()
  const parts = [start, cpus()[0]?.model, cpus().length, totalmem(), release(), process.version]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
