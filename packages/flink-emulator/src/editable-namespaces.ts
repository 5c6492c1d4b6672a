import { missing, wholeNumber, type Call } from './call.ts'
import { jsonAnswer, queryOf, type Answer } from './exchange.ts'

/**
 * ListEditableNamespace, whose envelope is like no other: `message` and `reason` instead of errors,
 * and its paging inside `data`, as strings. Every key of this cloud may edit everywhere.
 */
export function listEditableNamespaces(call: Call): Answer {
  const query = queryOf(call.request)
  if ((query.get('regionId') ?? '') === '') throw missing('regionId')
  const pageIndex = wholeNumber(call, 'pageIndex', 1, 1, 999_999_999)
  const pageSize = wholeNumber(call, 'pageSize', 10, 1, 100)
  const [workspace, name] = [query.get('workspaceId') ?? '', query.get('namespace') ?? '']
  const all = [...call.world.namespaces.values()].filter(
    namespace => (workspace === '' || namespace.workspace === workspace) && (name === '' || namespace.name === name),
  )
  const data = {
    editableNamespaces: all
      .slice((pageIndex - 1) * pageSize, pageIndex * pageSize)
      .map(namespace => ({ workspaceId: namespace.workspace, namespace: namespace.name, role: 'EDITOR' })),
    pageIndex: String(pageIndex),
    pageSize: String(pageSize),
    total: String(all.length),
  }
  return jsonAnswer(
    200,
    { requestId: call.trace.requestId, success: true, httpCode: 200, message: '', reason: '', data },
    { 'x-acs-request-id': call.trace.requestId },
  )
}
