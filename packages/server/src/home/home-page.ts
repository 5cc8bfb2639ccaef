import { escapeText } from '@som/plot'

const STYLE = `
:root{color-scheme:light dark;--line:#8886;--soft:color-mix(in srgb,currentColor 70%,transparent)}
*{box-sizing:border-box}body{margin:0 auto;max-width:1400px;padding:16px 20px 40px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:baseline}h1{font-size:28px;margin:0}h2{font-size:20px;margin:28px 0 12px}h3{font-size:17px;margin:0 0 6px}
form{display:flex;flex-wrap:wrap;gap:8px;align-items:center}input,button{font:inherit;padding:4px 10px;max-width:100%}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:16px;align-items:start}
article{border:1px solid var(--line);border-radius:8px;padding:12px 16px;min-width:0}
ul{list-style:none;margin:0;padding:0}li+li{border-top:1px solid var(--line);margin-top:8px;padding-top:8px}
.soft{color:var(--soft);font-size:14px;margin:0}.alias,.state{border:1px solid currentColor;border-radius:10px;padding:0 8px;font-size:13px}
.curve{display:block;max-width:100%;height:auto;margin-top:6px}
`

/**
 * Shows the page again with the key that its reader gives: a browser sends none on its own. The key is kept nowhere.
 */
const SCRIPT = `
const form = document.querySelector('form')
const told = document.querySelector('#told')
const show = async (address) => {
  const answer = await fetch(address, { headers: { authorization: 'Bearer ' + form.elements.key.value } })
  const found = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
  told.textContent = answer.ok ? '' : answer.status === 401 ? 'This server does not know that key.' : 'The server answered ' + answer.status + '.'
  if (answer.ok) document.querySelector('main').replaceWith(found)
}
form.addEventListener('submit', (event) => { event.preventDefault(); show('/') })
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[rel=next]')
  if (link) { event.preventDefault(); show(link.href) }
})
`

/** The parts of the page: each is HTML. With `needsKey` its reader must enter a key. */
export function homePage(parts: readonly string[], needsKey: boolean): string {
  const form =
    '<form><label for="key">Key</label><input id="key" name="key" type="password" autocomplete="off" required> <button>Show</button> <span id="told" role="status"></span></form>'
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>som: maps and jobs</title>
<link rel="icon" href="data:,"><style>${STYLE}</style>
<header><h1>Maps and jobs</h1><a href="/docs">Try the interface</a><a href="/studio/">Open the studio</a>${needsKey ? form : ''}</header>
<main>${parts.join('\n')}</main>${needsKey ? `<script type="module">${SCRIPT}</script>` : ''}</html>
`
}

/** What the page may load and run. */
export const homePolicy = (digestOf: (script: string) => string): string =>
  `default-src 'none'; connect-src 'self'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${digestOf(SCRIPT)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** A heading and what is under it, beside one another where there is room. */
export function section(title: string, cards: readonly string[], none: string): string {
  const body =
    cards.length > 0 ? `<div class="cards">${cards.join('\n')}</div>` : `<p class="soft">${escapeText(none)}</p>`
  return `<h2>${escapeText(title)}</h2>\n${body}`
}
