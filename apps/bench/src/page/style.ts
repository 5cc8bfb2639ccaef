/** The page's style sheet. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #222; --soft: #666; --paper: #fff; --line: #ddd; --mark: #f4f4f1; --ours: #0072b2; --peers: #d55e00 }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --soft: #aaa; --paper: #17181a; --line: #3a3c40; --mark: #222428; --ours: #56b4e9; --peers: #f0883e } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1200px; padding: 24px; font: 16px/1.5 Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper) }
h1 { font-size: 28px; margin: 0 0 4px } h2 { font-size: 20px; margin: 40px 0 4px }
p, li { max-width: 80ch } .soft { color: var(--soft) }
nav a { margin-right: 12px } a { color: inherit }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: 13px } td, th { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top }
td:first-child { min-width: 180px } td:last-child { min-width: 260px } summary { cursor: pointer }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } thead th { white-space: normal; vertical-align: bottom } tr.ours td:first-child { font-weight: bold } tr.absent td { color: var(--soft) }
.figures { display: flex; flex-wrap: wrap; gap: 16px } svg { max-width: 100%; height: auto; font: 12px Helvetica, Arial, sans-serif } svg text { fill: var(--ink) } .grid { stroke: var(--line) } .axis { stroke: var(--ink); fill: none }
.figures { overflow-x: auto } .times { min-width: 620px }
@media (max-width: 700px) { body { padding: 16px } }
.legend span { margin-right: 16px; white-space: nowrap } .legend svg { vertical-align: -2px }
code { background: var(--mark); padding: 2px 6px }
`
