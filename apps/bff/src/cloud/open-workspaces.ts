import { createHash } from 'node:crypto'
import {
  type Attempt,
  type CredentialSource,
  createFlinkClient,
  createLockTaker,
  credentialSource,
  ProxyFault,
} from '@lockdesk/flink-client'
import { ConfigFault } from '../config/config-fault.ts'
import type { Config, WorkspaceConfig } from '../config/config.ts'
import { rulesOf } from '../config/rules-of.ts'
import { type CallBudget, createCallBudget } from './call-budget.ts'
import { consoleOrigin, consoleUrl } from './console-url.ts'
import { createServiceIdentity } from './create-service-identity.ts'
import type { TakingWorkspace } from './workspace.ts'

export interface OpenWorkspacesOptions {
  /** Epoch ms; never runs backwards. */
  now(): number
  /** Told of every attempt of every workspace, for counting. */
  observe?(attempt: Attempt): void
  env?: Readonly<Record<string, string | undefined>>
  /** Where several processes share the credentials; absent: this one is alone. */
  sharedBudget?(credential: string, perMinute: number): CallBudget
}

/**
 * The ways to the cloud of every configured workspace. Workspaces with the same credential share one budget: the smallest that one of them
 * names. Each begins to ask at once who its credential is; closing its client ends that too.
 * @throws ConfigFault the proxy's address is none
 */
export function openWorkspaces(config: Config, options: OpenWorkspacesOptions): TakingWorkspace[] {
  const budgets = openBudgets(config.workspaces, options)
  try {
    return config.workspaces.map(workspace => {
      const origin = config.mode === 'demo' ? workspace.endpoint : consoleOrigin
      return openWorkspace(workspace, budgets(workspace), origin, options)
    })
  } catch (fault) {
    if (!(fault instanceof ProxyFault)) throw fault
    throw new ConfigFault([
      { setting: 'HTTPS_PROXY', message: 'is not an address.', example: 'HTTPS_PROXY=http://proxy.example.com:3128' },
    ])
  }
}

function openWorkspace(
  config: WorkspaceConfig,
  budget: CallBudget,
  origin: string,
  { observe, env = process.env }: OpenWorkspacesOptions,
): TakingWorkspace {
  const { id, name, region, namespaces, sweepIntervalMs, callTimeoutMs } = config
  // Dated by the machine's clock: the ledger's, which never runs backwards, stays ahead where the machine's was set back.
  const way = {
    workspace: id,
    regionId: region,
    endpoint: config.endpoint,
    stsEndpoint: config.stsEndpoint,
    credentials: sourceOf(config.credentials, env),
    timeoutMs: callTimeoutMs,
    admit: budget.admit,
    observe(attempt: Attempt) {
      budget.observe(attempt)
      observe?.(attempt)
    },
    env,
  }
  const taker = createLockTaker(way)
  const client = createFlinkClient(way)
  const identity = createServiceIdentity({ reader: client.identity, holderIds: config.holderIds })
  const learning = new AbortController()
  void identity.learn(learning.signal)
  return {
    id,
    name,
    region,
    client: {
      ...client,
      close() {
        learning.abort()
        return client.close()
      },
    },
    taker,
    budget,
    identity,
    namespaces,
    sweepIntervalMs,
    callTimeoutMs,
    rulesOf: namespace => rulesOf(config, namespace),
    consoleUrlOf: (namespace, draftId) =>
      consoleUrl(config.consoleTemplate, { origin, workspace: id, namespace, draftId }),
  }
}

function openBudgets(
  workspaces: readonly WorkspaceConfig[],
  { now, sharedBudget }: OpenWorkspacesOptions,
): (of: WorkspaceConfig) => CallBudget {
  const keyOf = ({ credentials }: WorkspaceConfig) => JSON.stringify(credentials)
  const byCredential = Map.groupBy(workspaces, keyOf)
  const budgets = new Map(
    [...byCredential].map(([key, sharing]) => {
      const perMinute = Math.min(...sharing.map(({ callsPerMinute }) => callsPerMinute))
      const budget = sharedBudget?.(digest(key), perMinute) ?? createCallBudget({ perMinute, now })
      return [key, budget]
    }),
  )
  return workspace => {
    const budget = budgets.get(keyOf(workspace))
    if (budget === undefined) throw new Error('a workspace that was not configured')
    return budget
  }
}

/** The credential itself is not for the store. */
const digest = (key: string) => createHash('sha256').update(key).digest('hex')

function sourceOf(
  credentials: WorkspaceConfig['credentials'],
  env: Readonly<Record<string, string | undefined>>,
): CredentialSource {
  return typeof credentials === 'string' ? credentialSource(credentials, env) : async () => ({ ...credentials })
}
