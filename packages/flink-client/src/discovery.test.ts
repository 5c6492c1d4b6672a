import { expect, it } from 'vitest'
import { json, rawCloud } from '../fixtures/raw-cloud.ts'
import { createFlinkClient, type FlinkClientOptions } from './index.ts'

const workspaceId = 'a14bd5d90a1234'
const listEditable = (options: FlinkClientOptions) =>
  createFlinkClient(options).namespaces.listEditable({ purpose: 'lookup' })

function pageOf(names: string[], total: unknown, index = 1) {
  const editableNamespaces = names.map(namespace => ({ workspaceId, namespace, role: 'EDITOR' }))
  return {
    requestId: 'R',
    success: true,
    httpCode: 200,
    message: '',
    reason: '',
    data: { editableNamespaces, pageIndex: String(index), pageSize: '50', total },
  }
}

it('reads page after page, whose numbers are text inside data, and sends no workspace header', async () => {
  const names = Array.from({ length: 120 }, (_, index) => `ns-${index}`)
  const cloud = await rawCloud((response, _, turn) =>
    json(response, pageOf(names.slice(turn * 50 - 50, turn * 50), '120', turn)),
  )
  const found = await listEditable(cloud.options)
  expect(found.map(({ namespace }) => namespace)).toEqual(names)
  expect(found[0]).toEqual({ workspace: workspaceId, namespace: 'ns-0', role: 'EDITOR' })
  expect(cloud.arrivals.map(({ url }) => url)).toEqual(
    [1, 2, 3].map(
      index =>
        `/gateway/v2/namespaces/editable?pageIndex=${index}&pageSize=50&regionId=cn-hangzhou&workspaceId=${workspaceId}`,
    ),
  )
  expect(cloud.arrivals[0]?.headers['workspace']).toBeUndefined()
})

it('keeps to the workspace that was asked for', async () => {
  const page = pageOf(['mine'], '2')
  page.data.editableNamespaces.push({ workspaceId: 'another', namespace: 'theirs', role: 'ADMIN' })
  const cloud = await rawCloud(response => json(response, page))
  expect(await listEditable(cloud.options)).toEqual([{ workspace: workspaceId, namespace: 'mine', role: 'EDITOR' }])
})

it('finds its reason and its words where this call has them', async () => {
  const refused = {
    requestId: 'R',
    success: false,
    httpCode: 200,
    message: '没有权限',
    reason: 'NotAllowed',
    data: null,
  }
  const cloud = await rawCloud(response => json(response, refused))
  await expect(listEditable(cloud.options)).rejects.toMatchObject({
    name: 'EnvelopeFailure',
    errorCode: 'NotAllowed',
    upstreamMessage: '没有权限',
  })
})

it.each([
  ['no data', { ...pageOf([], '0'), data: null }],
  ['no list', { ...pageOf([], '0'), data: { total: '0' } }],
  ['a total that is a word', pageOf(['a'], 'many')],
  ['a namespace without a name', { ...pageOf([], '1'), data: { editableNamespaces: [{ workspaceId }], total: '1' } }],
  ['fewer than it says there are', pageOf(['a'], '5')],
])('is refused, and not taken for few or none, with %s', async (_, body) => {
  const cloud = await rawCloud(response => json(response, body))
  await expect(listEditable(cloud.options)).rejects.toMatchObject({ name: 'UnreadableAnswer' })
  expect(cloud.arrivals.length).toBeLessThan(3)
})
