import { createFlinkClient } from '@lockdesk/flink-client'
import { type EmulatorOptions, demoKey, demoWorkspace, startEmulator } from '@lockdesk/flink-emulator'
import type { CallBudget } from '../cloud/call-budget.ts'
import type { Workspace } from '../cloud/workspace.ts'

const boundless: CallBudget = {
  admit: async () => {},
  observe() {},
  state: () => ({ perMinute: 60_000, left: 60_000, throttledUntil: null }),
}

/** An emulated cloud and a workspace of it, as the watcher is given one. */
export async function emulatedWorkspace(options: EmulatorOptions & { budget?: CallBudget; timeoutMs?: number } = {}) {
  const { url, emulator, close } = await startEmulator(options)
  const budget = options.budget ?? boundless
  const client = createFlinkClient({
    workspace: demoWorkspace,
    regionId: 'cn-hangzhou',
    endpoint: url,
    stsEndpoint: url,
    credentials: async () => demoKey,
    timeoutMs: options.timeoutMs ?? 1_000,
    admit: budget.admit,
    observe: budget.observe,
  })
  const workspace: Workspace = {
    id: demoWorkspace,
    name: 'hz-realtime',
    region: 'cn-hangzhou',
    client,
    budget,
    identity: { known: () => null, ask: () => Promise.reject(new Error('nobody asks')) },
    namespaces: '*',
    sweepIntervalMs: 50,
    callTimeoutMs: 1_000,
    rulesOf: () => ({ policy: 'soft', overdueAfterMs: 1 }),
    consoleUrlOf: () => '',
  }
  return {
    emulator,
    workspace,
    client,
    async close() {
      await client.close()
      await close()
    },
  }
}
