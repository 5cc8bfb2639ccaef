// A place in which pages are typed: what their reader has on PATH and in the folder.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { freePort } from '../../lib/free-port.mjs'
import { commandsOf, examplesOf } from './commands.mjs'
import { putData } from './data.mjs'
import { ELSEWHERE } from './elsewhere.mjs'
import { openTerminal } from './terminal.mjs'

/** Port of services that are not there. */
const NOWHERE = '9'

/**
 * Makes a place in the folder `home`. `programs` are shell scripts on its PATH, by name, in front of the folders
 * `path`; `takes` says which commands are typed there, `folderOf` names folders of pages that are not fresh, and
 * `mlflow` is the port of a tracking server, where there is one.
 */
export function makePlace({
  home,
  programs = {},
  path = [],
  env = {},
  takes = () => true,
  mlflow = NOWHERE,
  folderOf = {},
}) {
  const bin = join(home, 'bin')
  mkdirSync(bin, { recursive: true })
  const all = { producer: 'cat sensors.ndjson', ...programs }
  for (const [name, script] of Object.entries(all)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  // An answer that is an error is one of the command, too.
  writeFileSync(join(bin, '.curlrc'), 'fail\nretry = 20\nretry-connrefused\n')
  const environment = {
    ...process.env,
    ...env,
    CURL_HOME: bin,
    // Runs that wait in the home folder of whoever tests are none of ours.
    SOM_SPOOL: join(home, 'spool'),
    PATH: [bin, ...path, env.PATH ?? process.env.PATH].join(delimiter),
  }

  /** Types commands in a folder, in order, in one terminal; gives a text for each that fails, with what it wrote. */
  async function type(commands, folder) {
    const port = await freePort()
    const terminal = openTerminal({ folder, env: environment, port })
    const faults = []
    try {
      for (const { page, line, text } of commands) {
        const here = text.replaceAll('8080', String(port)).replaceAll(':5000', `:${mlflow}`)
        const { code, said } = await terminal.type(here)
        if (code !== 0) faults.push(`${page}:${line}: ${text}\nended with ${code}\n${said}`)
      }
    } finally {
      await terminal.close()
    }
    return faults
  }

  return {
    type,
    /**
     * Types the examples of the help of commands, which comes from `helpOf`, one after the other, in a fresh folder
     * with the data that they name, after what prepares it.
     */
    async typeExamples(names, helpOf, prepare = [], folder = join(home, 'examples')) {
      mkdirSync(folder, { recursive: true })
      putData(folder)
      // What pages recorded and could not send is not theirs.
      const own = `export SOM_SPOOL='${join(home, 'spool-of-examples')}'`
      const before = [own, ...prepare].map((text, i) => ({ page: 'before the examples', line: i + 1, text }))
      return type([...before, ...names.flatMap((name) => examplesOf(name, helpOf(name)))], folder)
    },
    /**
     * Types the commands of a page; its folder is a fresh one with the data that pages name, where no other is given.
     */
    async typePage(page, folder = folderOf[page] ?? join(home, page.replaceAll('/', '-'))) {
      mkdirSync(folder, { recursive: true })
      putData(folder)
      const commands = commandsOf(page).filter(({ text }) => takes(text) && !Object.hasOwn(ELSEWHERE, text))
      return type(commands, folder)
    },
  }
}
