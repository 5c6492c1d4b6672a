import type { FlinkClient, LockTaker } from '@lockdesk/flink-client'
import type { CallBudget } from './call-budget.ts'
import type { ServiceIdentity } from './service-identity.ts'

/** The rules of one namespace, as configured. */
export interface NamespaceRules {
  policy: 'soft' | 'hard'
  overdueAfterMs: number
}

/** One configured workspace and the ways to its cloud. */
export interface Workspace {
  id: string
  name: string
  region: string
  /** Only looks. */
  client: FlinkClient
  budget: CallBudget
  identity: ServiceIdentity
  /** The configured names, or `*` for those the credential may edit. */
  namespaces: readonly string[] | '*'
  sweepIntervalMs: number
  callTimeoutMs: number
  rulesOf(namespace: string): NamespaceRules
  consoleUrlOf(namespace: string, draftId: string): string
}

/** A workspace as the take is given it: the only place where looking and taking meet. */
export interface TakingWorkspace extends Workspace {
  taker: LockTaker
}

/** The workspace without its taker: what those who only look are given, so that there is nothing they could take with. */
export function onlyLooking(workspace: TakingWorkspace): Workspace {
  const looking: Workspace & { taker?: LockTaker } = { ...workspace }
  delete looking.taker
  return looking
}
