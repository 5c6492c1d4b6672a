import type { SweepMemory } from '@lockdesk/bff/sweep-memory'

/** Wrong: each sweep is compared with what this process's own sweeps have seen, and the store is only asked once. */
export function createSweepMemory(): SweepMemory {
  const known = new Map<string, { at: number; rows: Map<string, Row> }>()
  return {
    async recall(tx, { workspace, namespace }, now) {
      const key = JSON.stringify([workspace, namespace])
      const own = known.get(key)
      const rows = own?.rows ?? new Map<string, Row>()
      const all = tx
        .selectFrom('drafts')
        .selectAll()
        .where('workspace', '=', workspace)
        .where('namespace', '=', namespace)
      for (const row of await (own ? all.where('touched', '=', own.at) : all).execute()) rows.set(row.draft_id, row)
      known.set(key, { at: now, rows })
      return { rows, intents: new Map(), isTakenIn: () => false }
    },
    remember() {},
    forget: ({ workspace, namespace }) => void known.delete(JSON.stringify([workspace, namespace])),
  }
}

type Known = Awaited<ReturnType<SweepMemory['recall']>>
type Row = Known['rows'] extends ReadonlyMap<string, infer One> ? One : never
