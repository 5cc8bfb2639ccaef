import type { CaseResult, Curve } from '../case.ts'
import type { Kept } from '../document.ts'
import { machineText } from '../machine.ts'
import { cellsOf } from '../table.ts'
import { costLegend, costPlot } from './cost-plot.ts'
import { escaped } from './marks.ts'
import { STYLE } from './style.ts'
import { timesPlot } from './times-plot.ts'

/** Nothing is fetched. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"
const AXES = ['rows', 'units', 'features'] as const
/** A longer table is folded. */
const MOST_ROWS = 16
/** Columns of the table that are not numbers: the contender, and the note at the end. */
const LAST = 10

/**
 * One page that opens offline: what was measured where, each case as a plot of its times and as a table, and what an
 * epoch costs by rows, units and features.
 */
export function pageOf(kept: readonly Kept[]): string {
  const links = kept.map(({ result: { name } }) => `<a href="#${escaped(name)}">${escaped(name)}</a>`)
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Som: what was measured</title>\n<style>${STYLE}</style>\n</head>\n<body>`,
    '<h1>Som: what was measured</h1>',
    `<p class="soft">${escaped(whereText(kept))}</p>`,
    '<p class="soft">Dots are medians, lines from the fastest to the slowest repetition; a hollow dot is of a contender whose result is worse than ours, so that its time is not compared. A time with ~ is of a part of the work, scaled up to all of it.</p>',
    `<nav>${links.join('')}</nav>`,
    ...kept.map(({ result }) => section(result)),
    '</body>\n</html>\n',
  ].join('\n')
}

function whereText(kept: readonly Kept[]): string {
  const machines = new Set(kept.map(({ machine }) => `${machineText(machine)}, ${machine.date}`))
  const [limits] = kept.flatMap((each) => each.limits ?? []).slice(-1)
  const most = Math.max(...kept.map(({ machine }) => machine.load))
  const probed = limits
    ? ` The machine's own limits: ${limits.arithmetic} GFLOP/s of fused multiply-adds, ${limits.read} GB/s read from memory, ${limits.triad} GB/s read and written.`
    : ''
  return `${[...machines].join('; ')}. Load up to ${most.toFixed(1)}.${probed}`
}

function section(result: CaseResult): string {
  const { name, title, setting, rows, findings, targets, curves } = result
  const facts = [
    ...findings,
    ...targets.map(
      ({ what, wanted, found, reached }) =>
        `${what}: wanted ${wanted}, found ${found}${reached ? '' : ' (not reached)'}`,
    ),
  ]
  return [
    `<section id="${escaped(name)}">`,
    `<h2>${escaped(name)}: ${escaped(title)}</h2>`,
    `<p class="soft">${escaped(setting)}.</p>`,
    curves ? costFigures(curves) : `<div class="figures">${timesPlot(rows)}</div>`,
    rows.length > 0 ? table(result) : '',
    facts.length > 0 ? `<ul>${facts.map((fact) => `<li>${escaped(fact)}</li>`).join('')}</ul>` : '',
    '</section>',
  ].join('\n')
}

function costFigures(curves: readonly Curve[]): string {
  const drawn = AXES.filter((axis) => curves.some((curve) => curve.axis === axis))
  return `${costLegend(curves)}<div class="figures">${drawn.map((axis) => costPlot(axis, curves)).join('')}</div>`
}

function table(result: CaseResult): string {
  const [head, ...lines] = cellsOf(result)
  const cell = (tag: string, text: string, i: number): string =>
    `<${tag}${i > 0 && i < LAST - 1 ? ' class="number"' : ''}>${escaped(text)}</${tag}>`
  const line = (cells: readonly string[], i: number): string => {
    const row = result.rows[i]
    const kind = 'absent' in row ? 'absent' : row.kind
    return `<tr class="${kind}">${cells.map((text, at) => cell('td', text, at)).join('')}</tr>`
  }
  const whole = `<div class="scroll"><table><thead><tr>${head.map((text, at) => cell('th', text, at)).join('')}</tr></thead><tbody>${lines.map(line).join('')}</tbody></table></div>`
  return lines.length > MOST_ROWS ? `<details><summary>All ${lines.length} rows</summary>${whole}</details>` : whole
}
