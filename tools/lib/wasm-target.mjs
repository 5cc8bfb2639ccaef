// Has rustup bring what the kernels need to become WebAssembly. Says so in a line where there is no rustup; with
// --require that is an error.
import { run } from './process.mjs'

const { code, output } = await run('rustup', ['target', 'add', 'wasm32-unknown-unknown'])
if (code !== 0) {
  console.error(`wasm32-unknown-unknown: not added: ${output.trim()}`)
  process.exitCode = process.argv.includes('--require') ? 1 : 0
}
