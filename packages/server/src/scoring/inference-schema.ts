import * as v from 'valibot'
import { listOf } from '../json/list-of.ts'
import { documented } from '../openapi/documented.ts'
import type { GivenTensor } from './tensors.ts'

/** What a request of the Open Inference Protocol gives. */
export interface Inference {
  readonly id?: string
  readonly inputs: readonly GivenTensor[]
  /** The tensors that it asks for; all where it names none. */
  readonly outputs?: readonly { readonly name: string }[]
}

/**
 * Sides of a shape, and tensors: more than one that is taken can have, so that a few too many are reported for what
 * they are.
 */
const [MOST_SIDES, MOST_TENSORS] = [16, 16]

/** A request of the Open Inference Protocol. */
export const inferenceSchema: v.GenericSchema<unknown, Inference> = v.object({
  id: v.optional(v.string()),
  inputs: v.pipe(
    listOf(
      v.object({
        name: v.optional(v.string()),
        shape: listOf(v.pipe(v.number(), v.safeInteger()), MOST_SIDES),
        datatype: v.optional(v.string()),
        // Checked number by number where it is read: it may be long.
        data: documented(
          v.custom<unknown[]>((value) => Array.isArray(value), 'expected a list of numbers'),
          {
            type: 'array',
            items: { anyOf: [{ type: ['number', 'null'] }, { type: 'array', items: { type: ['number', 'null'] } }] },
          },
        ),
      }),
      MOST_TENSORS,
    ),
    v.minLength(1, 'expected at least one tensor with shape and data'),
  ),
  outputs: v.optional(v.array(v.object({ name: v.string() }))),
})
