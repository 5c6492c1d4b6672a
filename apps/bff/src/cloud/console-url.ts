/** Where the cloud's own console is. */
export const consoleOrigin = 'https://vvp.console.aliyun.com'

/** The namespace's page: which address opens a draft is not documented. */
const namespacePage = '{origin}/web/{workspace}/zh/#/workspaces/{workspace}/namespaces/{namespace}'

/**
 * A link to a draft in the cloud's console.
 * @param template null: the page of its namespace; names and ids stand in it encoded, the origin as it is
 */
export function consoleUrl(
  template: string | null,
  place: { origin: string; workspace: string; namespace: string; draftId: string },
): string {
  const { origin, ...names } = place
  return (template ?? namespacePage).replaceAll(/\{(origin|workspace|namespace|draftId)\}/g, (_, name: string) =>
    name === 'origin' ? origin : encodeURIComponent(names[name as keyof typeof names]),
  )
}
