import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

/** A canvas in px of the page, sharp on any screen; null where it has no size. */
export function contextOf(canvas: HTMLCanvasElement | null): {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly ratio: number
} | null {
  const ratio = globalThis.devicePixelRatio || 1
  const [width, height] = [canvas?.clientWidth ?? 0, canvas?.clientHeight ?? 0]
  const context = canvas?.getContext('2d') ?? null
  if (canvas === null || context === null || width === 0 || height === 0) return null
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== high) canvas.height = high
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  return { context, width, height, ratio }
}

/** A number that changes with the size of an element and the colours of the page, after which it is drawn again. */
export function useLook(element: RefObject<HTMLElement>): number {
  const [look, setLook] = useState(0)
  useEffect(() => {
    const { current } = element
    const again = (): void => setLook((before) => before + 1)
    const observer = new ResizeObserver(again)
    if (current) observer.observe(current)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', again)
    return () => {
      observer.disconnect()
      dark.removeEventListener('change', again)
    }
  }, [element])
  return look
}

/** Where an event is in an element, in px. */
export function placeIn(event: PointerEvent): readonly [number, number] {
  const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}

/** px that a pointer moves before it draws. */
const FAR = 5

interface Pressed {
  readonly line: number[]
  isFar: boolean
}

interface Gestures {
  readonly onMove: (x: number, y: number) => void
  readonly onLeave: () => void
  readonly onClick: (x: number, y: number, event: PointerEvent) => void
  /** While a line is drawn, and once more when it ends. */
  readonly onDraw: (line: readonly number[], isDone: boolean, event: PointerEvent) => void
}

/** Handlers of a canvas on which one points, clicks and draws. */
export function useGestures(gestures: Gestures): Record<string, (event: PointerEvent) => void> {
  const pressed = useRef<Pressed | null>(null)
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      pressed.current = { line: [...placeIn(event)], isFar: false }
      if (event.pointerType === 'mouse') (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    },
    onPointerMove: (event) => {
      const [x, y] = placeIn(event)
      const { current } = pressed
      if (current === null) return gestures.onMove(x, y)
      current.line.push(x, y)
      current.isFar ||= Math.hypot(x - current.line[0], y - current.line[1]) > FAR
      if (current.isFar) gestures.onDraw(current.line, false, event)
    },
    onPointerUp: (event) => {
      const { current } = pressed
      pressed.current = null
      if (current === null) return
      if (current.isFar) gestures.onDraw(current.line, true, event)
      else gestures.onClick(...placeIn(event), event)
    },
    onPointerCancel: () => {
      pressed.current = null
      gestures.onLeave()
    },
    onPointerLeave: () => {
      if (pressed.current === null) gestures.onLeave()
    },
  }
}
