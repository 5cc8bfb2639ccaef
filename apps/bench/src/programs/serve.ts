// The server under load: node serve.js, and the words of som serve.
import { run } from '@som/cli'

process.exitCode = await run(['serve', ...process.argv.slice(2)])
