import type { NamespaceRef } from '@lockdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { SweepHourTable } from '../database/audit-tables.ts'
import type { Database, Tx } from '../database/schema.ts'
import type { SweepObservation } from './observation.ts'
import type { Scope } from './scope.ts'
import { namespaceKey, withinScope } from './within-scope.ts'

const hourMs = 3_600_000
const hourOf = (ms: number) => Math.floor(ms / hourMs) * hourMs

/** What is remembered of one sweep. */
interface RememberedSweep {
  startedAt: number
  finishedAt: number
  isComplete: boolean
  paceMs: number
}

/**
 * Remembers when a sweep was, so that it can be told later how fresh the board was at any time. To be called in the transaction that takes the
 * sweep in. All sweeps of one hour share a row.
 * @param before when the last complete sweep before this one began
 */
export async function recordSweep(tx: Tx, sweep: SweepObservation, before: { swept_at: number | null }): Promise<void> {
  await tx
    .insertInto('sweep_hours')
    .values({
      workspace: sweep.namespace.workspace,
      namespace: sweep.namespace.namespace,
      hour: hourOf(sweep.startedAt),
      swept_before: before.swept_at,
      sweeps: packSweep(sweep),
    })
    .onConflict(conflict =>
      conflict
        .columns(['workspace', 'namespace', 'hour'])
        .doUpdateSet({ sweeps: sql<string>`sweep_hours.sweeps || excluded.sweeps` }),
    )
    .execute()
}

/** Four numbers in base 36, small ones for short: `offset.length.pace.c;`, the last letter `i` where it was incomplete. */
function packSweep({ startedAt, finishedAt, paceMs, isComplete }: Omit<SweepObservation, 'readings'>): string {
  const numbers = [startedAt - hourOf(startedAt), finishedAt - startedAt, paceMs].map(n => Math.round(n).toString(36))
  return `${numbers.join('.')}.${isComplete ? 'c' : 'i'};`
}

function unpackSweeps(hour: number, packed: string): RememberedSweep[] {
  return packed
    .split(';')
    .filter(text => text !== '')
    .map(text => {
      const [offset = '0', length = '0', pace = '0', how] = text.split('.')
      const startedAt = hour + Number.parseInt(offset, 36)
      const finishedAt = startedAt + Number.parseInt(length, 36)
      return { startedAt, finishedAt, paceMs: Number.parseInt(pace, 36), isComplete: how === 'c' }
    })
}

/** How fresh the knowledge of a namespace was. */
export interface PastFreshness {
  /** When the last complete sweep that had ended began. */
  sweptAt: number | null
  /** The pace as planned by the last sweep of which it is remembered. */
  paceMs: number | null
  isComplete: boolean
}

/** How fresh the knowledge of each namespace was at a moment; those that had not been read yet are absent. */
export async function readFreshnessAt(
  database: Database,
  scope: Scope,
  at: number,
): Promise<Map<string, PastFreshness>> {
  if (scope.length === 0) return new Map()
  const newest = await database
    .selectFrom('sweep_hours')
    .select(['workspace', 'namespace'])
    .where(withinScope(scope))
    .where('hour', '<=', at)
    .groupBy(['workspace', 'namespace'])
    .execute()
  const found = await Promise.all(
    newest.map(async ref => [namespaceKey(ref), pastFreshness(await hoursBefore(database, ref, at), at)] as const),
  )
  return new Map(found.flatMap(([key, fresh]) => (fresh ? [[key, fresh] as const] : [])))
}

/** Two hours: the sweep that had ended last may have begun in the one before. */
const hoursBefore = (database: Database, { workspace, namespace }: NamespaceRef, at: number) =>
  database
    .selectFrom('sweep_hours')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('namespace', '=', namespace)
    .where('hour', '<=', at)
    .orderBy('hour', 'desc')
    .limit(2)
    .execute()

function pastFreshness(hours: readonly Selectable<SweepHourTable>[], at: number): PastFreshness | null {
  const ended = hours
    .toReversed()
    .flatMap(({ hour, sweeps }) => unpackSweeps(hour, sweeps))
    .filter(({ finishedAt }) => finishedAt <= at)
  const latest = ended.at(-1)
  const complete = ended.findLast(({ isComplete }) => isComplete)
  const earlier = hours.at(-1)?.swept_before ?? null
  if (!latest && earlier === null) return null
  return {
    sweptAt: complete?.startedAt ?? earlier,
    paceMs: (complete ?? latest)?.paceMs ?? null,
    isComplete: latest?.isComplete ?? false,
  }
}
