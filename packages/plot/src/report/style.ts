/** The page's style sheet. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #222; --soft: #666; --paper: #fff; --line: #ddd; --mark: #f4f4f1; --accent: #8a3ffc }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --soft: #aaa; --paper: #17181a; --line: #3a3c40; --mark: #222428; --accent: #be95ff } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1100px; padding: 24px; font: 16px/1.5 Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper) }
h1 { font-size: 28px; margin: 0 0 4px } h2 { font-size: 20px; margin: 40px 0 8px }
p, li { max-width: 75ch } .soft { color: var(--soft) }
table { border-collapse: collapse; font-size: 14px } td, th { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums } .scroll { overflow-x: auto }
.finding { border-left: 4px solid #d08700; padding: 4px 12px; margin: 8px 0; background: var(--mark) } .fine { border-color: #117733 }
#explorer { display: grid; grid-template-columns: minmax(0, 1fr) 320px; gap: 24px } @media (max-width: 800px) { #explorer { grid-template-columns: minmax(0, 1fr) } }
#map { width: 100%; touch-action: manipulation; cursor: crosshair } #map:focus-visible { outline: 2px solid var(--accent) }
#layers { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0 } #layers button { width: 104px; padding: 4px; border: 1px solid var(--line); border-radius: 4px; background: var(--paper); color: var(--ink); font-size: 12px; overflow: hidden; text-overflow: ellipsis; cursor: pointer }
#layers button[aria-pressed=true] { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent) } #layers canvas { width: 100%; display: block }
#about { min-height: 220px; font-size: 14px } .chips button { margin: 0 6px 6px 0; padding: 2px 10px; border: 1px solid var(--line); border-radius: 12px; background: var(--paper); color: var(--ink); cursor: pointer }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin-right: 6px; vertical-align: -1px }
#listed { max-height: 360px; overflow: auto; border: 1px solid var(--line) } #listed table { width: 100% } #listed td, #listed th { padding: 3px 8px } #listed th { position: sticky; top: 0; background: var(--mark) }
.figures { display: flex; flex-wrap: wrap; gap: 24px } .figures svg { max-width: 100%; height: auto; background: #fff }
button { font: inherit } button:disabled { opacity: .5 }
`
