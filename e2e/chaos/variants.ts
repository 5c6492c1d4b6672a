import { join } from 'node:path'

/** Which Lockdesk is put to the test. */
export interface Variant {
  /** Absent: the built server. */
  main?: string
  preload?: readonly string[]
}

const source = join(import.meta.dirname, '..', '..', 'apps', 'bff', 'src', 'main.ts')
const control = (name: string) => ({ main: source, preload: [join(import.meta.dirname, 'controls', name, 'wire.ts')] })

/** Ours as people run it, and what must fail: the whole of Lockdesk with one piece of it replaced by an obvious design. */
export const variants = {
  ours: {},
  'diffs in memory': control('in-memory'),
  'no leader': control('no-leader'),
  'old news overwrites': control('old-news'),
} satisfies Record<string, Variant>
export type VariantName = keyof typeof variants
