import { z } from './router.ts'

/**
 * A whole number in a query, written in digits alone: no sign, no blanks, no other base.
 * @param otherwise what it is where it is not given
 */
export const wholeNumber = (min: number, max: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'not a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .default(otherwise)
    .openapi({ type: 'integer', minimum: min, maximum: max, default: otherwise })
