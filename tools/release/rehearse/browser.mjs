// Bundles a project's program with two bundlers and runs each bundle on a page of a real browser.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import { chromium } from 'playwright'
import { build as vite } from 'vite'

/** Bundlers, each a function of a program and a file to write. */
const BUNDLERS = {
  esbuild: (entry, outfile) =>
    esbuild({
      entryPoints: [entry],
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      logLevel: 'silent',
    }),
  vite: (entry, outfile) =>
    vite({
      root: join(outfile, '..'),
      configFile: false,
      logLevel: 'error',
      build: {
        lib: { entry, formats: ['es'], fileName: () => 'vite.js' },
        outDir: join(outfile, '..'),
        emptyOutDir: false,
        minify: true,
      },
    }),
}

const LAUNCH = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync']

/** What `entry` logs on a page, by bundler. */
export async function loggedInBrowser(entry, folder, executablePath) {
  const server = createServer((request, response) => {
    const isScript = request.url.endsWith('.js')
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    const name = request.url.slice(1).replace(/\.js$/, '')
    response.end(
      isScript ? readFileSync(join(folder, `${name}.js`)) : `<script type="module" src="/${name}.js"></script>`,
    )
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath, args: LAUNCH })
  try {
    const logged = {}
    for (const [name, bundle] of Object.entries(BUNDLERS)) {
      await bundle(entry, join(folder, `${name}.js`))
      logged[name] = await firstLine(await browser.newPage(), `http://127.0.0.1:${server.address().port}/${name}`)
    }
    return logged
  } finally {
    await browser.close()
    server.close()
  }
}

/** The first line that a page logs, or the error that it ends with. */
function firstLine(page, url) {
  return new Promise((resolve, reject) => {
    page.on('pageerror', reject)
    page.on('console', (message) => message.type() === 'log' && resolve(message.text()))
    page.goto(url).catch(reject)
  })
}
