// The start of every program of Som: nothing here loads more than the argument parser.

export { chooseColour, hasColour, styled } from './colour.ts'
export { addCommonOptions, beginHelpWith } from './common-options.ts'
export { EXIT } from './exit.ts'
export { runMain, runProgram } from './run-program.ts'
export { SERVE, serveCommand } from './serve-command.ts'
export { settingOption } from './serve-options.ts'
export { versionIn } from './version.ts'
