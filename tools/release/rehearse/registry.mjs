// A registry of our own on the loopback: it keeps what is published under @som, and passes everything else on to the
// registry that npm is set to.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { stringify } from 'yaml'
import { freePort } from '../../lib/free-port.mjs'
import { binOf, runNpm } from '../../lib/process.mjs'

/** Seconds that it may take to answer first. */
const PATIENCE = 60

/**
 * Starts a registry that keeps its things in `folder`; gives its address, a user's settings for it, and how to stop it.
 */
export async function startRegistry(folder) {
  mkdirSync(folder, { recursive: true })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const settings = join(folder, 'config.yaml')
  const elsewhere = await npmSetting('registry', /^https?:\S+$/m)
  if (!elsewhere) throw new Error('npm config get registry: expected an address, found none')
  // What npm trusts and goes through, the registry must as well.
  const trusted = await npmSetting('cafile', /^\/\S+$|^[A-Za-z]:\\.+$/m)
  const proxy = await npmSetting('https-proxy', /^https?:\S+$/m)
  const all = '$all'
  writeFileSync(
    settings,
    stringify({
      storage: join(folder, 'storage'),
      web: { enable: false },
      ...(proxy && { https_proxy: proxy }),
      uplinks: { elsewhere: { url: elsewhere, cache: false, timeout: '60s', max_fails: 10 } },
      packages: { '@som/*': { access: all, publish: all, unpublish: all }, '**': { access: all, proxy: 'elsewhere' } },
      max_body_size: '200mb',
      log: { type: 'stdout', format: 'pretty', level: 'warn' },
    }),
  )
  const npmrc = join(folder, 'npmrc')
  // A registry takes no package from nobody: any token will do for one that lets everyone publish.
  writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\n`)
  const child = spawn(process.execPath, [binOf('verdaccio'), '--config', settings, '--listen', `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...(trusted && { NODE_EXTRA_CA_CERTS: trusted }), ...process.env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const ended = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill()
    await ended
  }
  for (let tries = 0; tries < PATIENCE * 4; tries += 1) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${url}-/ping`).catch(() => null)
    if (answer?.ok) return { url, npmrc, stop, said: () => said }
    await setTimeout(250)
  }
  await stop()
  throw new Error(`the registry did not start:\n${said}`)
}

/** A setting of npm's that looks as it should; undefined where there is none. */
async function npmSetting(name, form) {
  const { output } = await runNpm(['config', 'get', name])
  return output.match(form)?.[0]
}
