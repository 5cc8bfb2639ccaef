import { calledAs } from '../called-as.ts'
import { quotedName, shellWord } from '../text.ts'
import type { Settings } from './settings.ts'

/** The command that continues an interrupted run. What the checkpoint has is not repeated. */
export function resumeCommand(settings: Settings, checkpoint: string): string {
  const { table, output, choice, backend, threads, checkpointEvery, memory, json } = settings
  const words = ['train', table, '-o', output, '--resume', checkpoint]
  const flag = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) words.push(name, String(value))
  }
  for (const { name, kind } of settings.targets) flag('--target', quotedName(kind ? `${name}=${kind}` : name))
  flag('--label', choice.label)
  flag('--id', choice.id)
  flag('--weight', choice.weight)
  flag('--backend', backend === 'auto' ? undefined : backend)
  flag('--threads', threads)
  flag('--checkpoint-every', checkpointEvery)
  flag('--memory', memory)
  if (json) words.push('--json')
  return `${calledAs()} ${words.map(shellWord).join(' ')}`
}
