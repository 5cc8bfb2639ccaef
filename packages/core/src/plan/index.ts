// The options of training in one table, for doors that make flags, schemas and pages of them

export type { DescribedOption } from './describe-options.ts'
export { describeOption, describeOptions, optionAt } from './describe-options.ts'
export type { OptionPath } from './option-sentences.ts'
export type { IntegerOption, NamedOption, NumberOption, Option } from './option-table.ts'
export { OPTIONS } from './option-table.ts'
