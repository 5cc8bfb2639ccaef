import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** What the times were taken on. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memory: string
  readonly system: string
  readonly node: string
  readonly date: string
  /** Programs that wanted to run in the last minute: above the cores, times are those of a shared machine. */
  readonly load: number
}

/** A machine in one line. */
export function machineText({ processor, cores, memory, system, node }: Machine): string {
  return `${processor}, ${cores} cores, ${memory}, ${system}, Node ${node.slice(1)}`
}

export function machine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[0],
  }
}
