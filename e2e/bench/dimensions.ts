import type { Dimension } from './dimension.ts'

/** Each in a file of its own, which is loaded only where it is measured. */
export const dimensions: Record<string, () => Promise<{ dimension: Dimension }>> = {
  live: () => import('./live.ts'),
  pages: () => import('./pages.ts'),
  calls: () => import('./calls.ts'),
  staleness: () => import('./staleness.ts'),
  postgres: () => import('./history/on-postgres.ts'),
  sqlite: () => import('./history/on-sqlite.ts'),
  export: () => import('./export.ts'),
}
