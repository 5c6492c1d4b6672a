import { join } from 'node:path'

/** Which Lockdesk is put to the test. */
export interface Variant {
  /** Absent: the built server. */
  main?: string
  preload?: readonly string[]
}

const source = join(import.meta.dirname, '..', '..', 'apps', 'bff', 'src', 'main.ts')
const wrong = (name: string): Variant => ({
  main: source,
  preload: [join(import.meta.dirname, 'controls', `${name}.ts`)],
})

/** Ours as people run it, and what must fail: the whole of Lockdesk with a file or two replaced by an obvious design. */
export const variants = {
  ours: {},
  'diffs in memory': wrong('diffs-in-memory'),
  'no leader': wrong('no-leader'),
  'old news overwrites': wrong('old-news-overwrites'),
} satisfies Record<string, Variant>
export type VariantName = keyof typeof variants
