import type { Freshness, NamespaceRef } from '@lockdesk/contract'
import type { Workspace } from '../cloud/workspace.ts'
import type { NamespaceState } from '../ledger/draft-state.ts'
import { freshnessState } from '../ledger/how-known.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { instant } from '../ledger/present-holder.ts'

/**
 * How fresh the knowledge of one namespace is.
 * @param state null for a namespace that is watched and was never read
 */
export function freshnessOf(
  ref: NamespaceRef,
  state: NamespaceState | null,
  workspace: Pick<Workspace, 'name' | 'budget' | 'sweepIntervalMs' | 'rulesOf'>,
  now: number,
): Freshness {
  const sweptAt = state?.sweptAt ?? null
  const paceMs = state?.paceMs ?? null
  const { perMinute, left, throttledUntil } = workspace.budget.state()
  const error = state?.error
  const { policy, overdueAfterMs } = workspace.rulesOf(ref.namespace)
  return {
    workspace: ref.workspace,
    namespace: ref.namespace,
    workspaceName: workspace.name,
    state: freshnessState({ sweptAt, paceMs }, now),
    lastSweepAt: sweptAt === null ? null : instant(sweptAt),
    complete: state?.isComplete ?? false,
    pace: (paceMs ?? workspace.sweepIntervalMs) / 1000,
    policy,
    overdueAfter: overdueAfterMs / 1000,
    revision: state?.revision ?? 0,
    budget: { perMinute, left, throttledUntil: throttledUntil === null ? null : instant(throttledUntil) },
    ...(error && {
      error: {
        title: error.title,
        ...(error.cause !== null && { cause: error.cause }),
        ...(error.requestId !== null && { requestId: error.requestId }),
        at: instant(error.at),
      },
    }),
  }
}

/** The freshness of several namespaces at once, by what the ledger knows of them. Those of a workspace that is not configured are left out. */
export async function readFreshness(
  rooms: { ledger: Pick<Ledger, 'namespaces'>; workspaces: ReadonlyMap<string, Workspace>; now(): number },
  refs: readonly NamespaceRef[],
): Promise<Freshness[]> {
  const states = new Map((await rooms.ledger.namespaces()).map(state => [keyOf(state), state]))
  return refs.flatMap(ref => {
    const workspace = rooms.workspaces.get(ref.workspace)
    return workspace ? [freshnessOf(ref, states.get(keyOf(ref)) ?? null, workspace, rooms.now())] : []
  })
}

export const keyOf = ({ workspace, namespace }: NamespaceRef) => JSON.stringify([workspace, namespace])
