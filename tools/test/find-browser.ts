// Where the browser for the browser tests is.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

/**
 * The path of a Chromium: the one that the environment variable SOM_CHROMIUM names, else the system's, else the one
 * Playwright has fetched; null when there is none. Throws when SOM_CHROMIUM names no file.
 */
export function findBrowser(): string | null {
  const named = process.env.SOM_CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`SOM_CHROMIUM: expected the path of a Chromium, found no file at ${named}`)
  }
  const places = [...(usualPlaces[process.platform] ?? []), chromium.executablePath()]
  return places.find((place) => existsSync(place)) ?? null
}
