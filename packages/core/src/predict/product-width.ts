/** How many numbers a unit's products are: inputs with inputs, lower triangle, and inputs with outputs. */
export const productWidth = (inputs: number, outputs: number): number => (inputs * (inputs + 1)) / 2 + inputs * outputs

/** With more features than this, squares are not inputs: the cost of a model grows with the cube of its inputs. */
export const MOST_SQUARED = 32
