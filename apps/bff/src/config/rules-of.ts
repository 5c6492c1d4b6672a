import { matchesPattern } from '@lockdesk/contract'
import type { NamespaceRule } from './config.ts'

/** What holds in one namespace: the first rule that fits, over what the workspace says. */
export function rulesOf(
  workspace: { policy: 'soft' | 'hard'; overdueAfterMs: number; rules: readonly NamespaceRule[] },
  namespace: string,
): { policy: 'soft' | 'hard'; overdueAfterMs: number } {
  const rule = workspace.rules.find(({ namespaces }) => matchesPattern(namespaces, namespace))
  return {
    policy: rule?.policy ?? workspace.policy,
    overdueAfterMs: rule?.overdueAfterMs ?? workspace.overdueAfterMs,
  }
}
