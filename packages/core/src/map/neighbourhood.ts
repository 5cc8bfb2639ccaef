import { expNegative } from './exponential.ts'

export const KERNELS = ['gaussian', 'cut-gaussian', 'bubble', 'triangle', 'epanechnikov', 'mexican-hat'] as const
export type KernelName = (typeof KERNELS)[number]

/** A user's own influence at a lattice distance for a radius. Runs on `js()` only. */
export interface CustomKernel {
  readonly name: string
  readonly influence: (distance: number, radius: number) => number
}

export type Kernel = KernelName | CustomKernel

/** How a kernel is evaluated. `d2` is a squared lattice distance, `radius` is above 0. */
export interface KernelForm {
  /** The influence is `axis(dr²)·axis(dc²)` times `rest`, so that no exp() runs per unit. */
  readonly separable: boolean
  /** Influence along one axis of a separable kernel; 1 otherwise. */
  axis(t2: number, radius: number): number
  /** Influence at a squared distance within reach, without the factors of the axes. */
  rest(d2: number, radius: number): number
  /** Squared distance beyond which the influence counts as 0, for an f32 step (`online`) or an f64 sum (`batch`). */
  reach2(radius: number, rule: 'online' | 'batch'): number
  /** Whether the batch reach is a disc; otherwise each axis has its own limit. */
  readonly cut: boolean
  /** Whether the influence can be negative, so that a batch mean has no fixed denominator. */
  readonly signed: boolean
}

const gaussianAxis = (t2: number, radius: number): number => expNegative(-t2 * (1 / (2 * radius * radius)))
const one = (): number => 1
const discOfRadius = (radius: number): number => radius * radius

/**
 * Influence below 2⁻²⁵ moves no f32 prototype by half a unit in its last place; below 2⁻⁵⁰ it is lost in an f64 sum.
 */
const GAUSSIAN_REACH2 = { online: 34.657359, batch: 69.314718 }

/** One row per kernel. The conformance suite runs over this table, so a new row is tested on every backend. */
export const kernelForms: Record<KernelName, KernelForm> = {
  /** exp(-d² / 2r²) */
  gaussian: {
    separable: true,
    axis: gaussianAxis,
    rest: one,
    reach2: (radius, rule) => GAUSSIAN_REACH2[rule] * radius * radius,
    cut: false,
    signed: false,
  },
  /** exp(-d² / 2r²) within the radius */
  'cut-gaussian': { separable: true, axis: gaussianAxis, rest: one, reach2: discOfRadius, cut: true, signed: false },
  /** 1 within the radius */
  bubble: { separable: true, axis: one, rest: one, reach2: discOfRadius, cut: true, signed: false },
  /** 1 - d / r within the radius */
  triangle: {
    separable: false,
    axis: one,
    rest: (d2, radius) => 1 - Math.sqrt(d2) / radius,
    reach2: discOfRadius,
    cut: true,
    signed: false,
  },
  /** 1 - d² / r² within the radius */
  epanechnikov: {
    separable: false,
    axis: one,
    rest: (d2, radius) => 1 - d2 / (radius * radius),
    reach2: discOfRadius,
    cut: true,
    signed: false,
  },
  /** (1 - d² / r²) exp(-d² / 2r²): attracts near units, repels farther ones. Online only. */
  'mexican-hat': {
    separable: false,
    axis: gaussianAxis,
    rest: (d2, radius) => 1 - d2 / (radius * radius),
    reach2: (radius) => 49 * radius * radius,
    cut: true,
    signed: true,
  },
}

/** The kernel's name: its own for a custom one. */
export function kernelName(kernel: Kernel): string {
  return typeof kernel === 'string' ? kernel : kernel.name
}

/** How `kernel` is evaluated: a row of the table, or a user's function over the whole lattice. */
export function kernelForm(kernel: Kernel): KernelForm {
  if (typeof kernel === 'string') return kernelForms[kernel]
  return {
    separable: false,
    axis: one,
    rest: (d2, radius) => kernel.influence(Math.sqrt(d2), radius),
    reach2: () => Number.POSITIVE_INFINITY,
    cut: true,
    signed: false,
  }
}
