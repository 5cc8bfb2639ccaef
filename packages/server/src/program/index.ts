// What a program of Som is before it runs: nothing here loads more than the parser of arguments.

export { chooseColour, hasColour, styled } from './colour.ts'
export { addCommonOptions, beginHelpWith } from './common-options.ts'
export { EXIT } from './exit.ts'
export { runMain, runProgram } from './run-program.ts'
export { SERVE, serveCommand } from './serve-command.ts'
export { versionIn } from './version.ts'
