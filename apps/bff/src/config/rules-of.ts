import type { NamespaceRule } from './config.ts'

/** What holds in one namespace: the first rule that fits, over what the workspace says. */
export function rulesOf(
  workspace: { policy: 'soft' | 'hard'; overdueAfterMs: number; rules: readonly NamespaceRule[] },
  namespace: string,
): { policy: 'soft' | 'hard'; overdueAfterMs: number } {
  const rule = workspace.rules.find(({ namespaces }) => fits(namespaces, namespace))
  return {
    policy: rule?.policy ?? workspace.policy,
    overdueAfterMs: rule?.overdueAfterMs ?? workspace.overdueAfterMs,
  }
}

/** `*` stands for any text; everything else for itself. */
function fits(pattern: string, namespace: string): boolean {
  const literally = (part: string) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`)
  return new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's').test(namespace)
}
