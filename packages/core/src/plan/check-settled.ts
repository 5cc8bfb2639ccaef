import type { Issues } from '../issue.ts'
import { OPTIONS, type Option } from './option-table.ts'
import type { TrainOptions } from './options.ts'

/** Reports options that come from the map that training starts from (`from`). */
export function checkSettled(options: Partial<TrainOptions>, issues: Issues): void {
  for (const [name, option] of Object.entries<Option>(OPTIONS)) {
    if (option.settled && options[name as keyof TrainOptions] !== undefined)
      issues.add(name, 'comes from the map that training starts from; leave it out')
  }
}
