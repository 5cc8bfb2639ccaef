// What a program of Som is before it runs: nothing here loads more than the parser of arguments.
export { EXIT } from './exit.ts'
export { runMain, runProgram } from './run-program.ts'
export { SERVE, serveCommand } from './serve-command.ts'
export { versionIn } from './version.ts'
