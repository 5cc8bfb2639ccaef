import type { EpochRecord } from '@som/core'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'

const HEIGHT = 120

/** The quantization error by epoch, as it is measured. */
export function Curve({ history, epochs }: { history: readonly EpochRecord[]; epochs: number }) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  useEffect(() => {
    const { current } = box
    if (current === null) return
    const drawn = new uPlot(optionsIn(current, epochs), [[], []], current)
    plot.current = drawn
    const observer = new ResizeObserver(() => drawn.setSize({ width: current.clientWidth, height: HEIGHT }))
    observer.observe(current)
    return () => {
      observer.disconnect()
      drawn.destroy()
      plot.current = null
    }
  }, [epochs])
  useEffect(() => {
    plot.current?.setData([
      history.map(({ epoch }) => epoch),
      history.map(({ quantizationError }) => quantizationError),
    ])
  })
  const last = history.at(-1)
  const words = `Quantization error by epoch: ${history[0]?.quantizationError.toPrecision(3)} to ${last?.quantizationError.toPrecision(3)}`
  return <div class="curve" ref={box} role="img" aria-label={words} />
}

function optionsIn(box: HTMLElement, epochs: number): uPlot.Options {
  const style = getComputedStyle(box)
  const [ink, soft, line] = ['--ink', '--grid', '--accent'].map((name) => style.getPropertyValue(name))
  const axis = { stroke: ink, grid: { stroke: soft, width: 1 }, ticks: { show: false }, font: '12px system-ui' }
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [1, Math.max(2, epochs)] } },
    axes: [
      { ...axis, size: 28 },
      { ...axis, size: 52 },
    ],
    series: [{}, { stroke: line, width: 2, points: { show: false } }],
  }
}
