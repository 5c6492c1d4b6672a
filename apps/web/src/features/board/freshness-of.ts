import type { Freshness } from '@lockdesk/contract'

export const namespaceKey = (of: { workspace: string; namespace: string }) => `${of.workspace}/${of.namespace}`

/** Whether somebody has looked lately, and at everything, so that what is shown can be said to be so. */
export function isVouchedFor(fresh: Freshness | undefined): boolean {
  return fresh === undefined || (fresh.state === 'live' && fresh.complete)
}
