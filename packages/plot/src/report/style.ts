/** The page's style sheet. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #222; --soft: #666; --paper: #fff; --line: #ddd; --mark: #f4f4f1; --accent: #8a3ffc; --missing: #f0f0f0; --chosen: #e6194b }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --soft: #aaa; --paper: #17181a; --line: #3a3c40; --mark: #222428; --accent: #be95ff; --missing: #303236; --chosen: #ff5c7c } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1400px; padding: 24px; font: 16px/1.5 Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: break-word }
h1 { font-size: 28px; margin: 0 0 4px } h2 { font-size: 20px; margin: 40px 0 8px }
.soft { color: var(--soft) } .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 0 40px } .columns section { min-width: 0 }
table { border-collapse: collapse; font-size: 14px; width: 100% } td, th { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal } .scroll { overflow-x: auto }
.finding { border-left: 4px solid #d08700; padding: 4px 12px; margin: 8px 0; background: var(--mark) } .fine { border-color: #117733 }
#explorer { display: grid; grid-template-columns: minmax(0, 1fr) 400px; gap: 16px 32px; align-items: start } #shown { display: flex; flex-wrap: wrap; gap: 16px 24px; align-items: flex-start } #stage { min-width: 0 }
#map { display: block; touch-action: manipulation; cursor: crosshair } #map:focus-visible { outline: 2px solid var(--accent) }
#legend { margin-top: 8px; max-height: 160px; overflow: auto } #legend span { margin-right: 12px }
#layers { flex: 1 1 240px; display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: 8px; align-items: start; overflow-wrap: anywhere } #layers button { padding: 4px; border: 1px solid var(--line); border-radius: 4px; background: var(--paper); color: var(--ink); font-size: 12px; overflow: hidden; text-overflow: ellipsis; cursor: pointer }
#layers button[aria-pressed=true] { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent) } #layers canvas { display: block; margin: 0 auto }
#about { min-height: 220px; font-size: 14px; background: var(--paper); overflow-x: auto; position: sticky; top: 8px } #about table + table { margin-top: 8px }
@media (max-width: 1000px) { #explorer { grid-template-columns: minmax(0, 1fr) 300px } }
@media (max-width: 800px) { #explorer { display: flex; flex-direction: column; align-items: stretch; gap: 16px } #shown { display: contents } #about { order: 1; top: auto; bottom: 0; min-height: 0; max-height: 45vh; overflow: auto; padding: 8px 0; border-top: 1px solid var(--line) } #layers { order: 2; flex: none } }
.bar { width: 240px; height: 12px; margin-top: 4px } .ticks { position: relative; width: 240px; height: 20px; font-size: 11px } #legend .ticks span { position: absolute; margin: 0; transform: translateX(-50%); white-space: nowrap }
.mix { display: flex; height: 12px; margin: 4px 0; border-radius: 2px; overflow: hidden }
.chips button { margin: 0 6px 6px 0; padding: 2px 10px; border: 1px solid var(--line); border-radius: 12px; background: var(--paper); color: var(--ink); cursor: pointer }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin-right: 6px; vertical-align: -1px }
#listed { max-height: 360px; overflow: auto; border: 1px solid var(--line) } #listed:empty { display: none } #listed td, #listed th { padding: 3px 8px } #listed th { position: sticky; top: 0; background: var(--mark) }
.figures { display: flex; flex-wrap: wrap; gap: 24px } .figures svg { max-width: 100%; height: auto }
.columns svg { width: 100%; max-width: 680px; height: auto }
button { font: inherit } button:disabled { opacity: .5 }
`
