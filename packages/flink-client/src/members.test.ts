import { demoWorkspace, startEmulator } from '@lockdesk/flink-emulator'
import { expect, it } from 'vitest'
import { json, rawCloud } from '../fixtures/raw-cloud.ts'
import { UnreadableAnswer, createFlinkClient, type FlinkClientOptions } from './index.ts'

const listMembers = (options: FlinkClientOptions) =>
  createFlinkClient(options).members.listMembers('trade prod', { purpose: 'lookup' })
const pageOf = (members: unknown, totalSize: unknown, pageIndex: unknown = null) => ({
  requestId: 'R',
  success: true,
  httpCode: 200,
  data: members,
  totalSize,
  pageIndex,
})
const named = (member: unknown, role: unknown = 'EDITOR') => ({ member, role })

it('knows a person with and without a prefix, whatever blanks are around it, and a role in whatever case', async () => {
  const members = [
    named('user: 1813', 'OWNER'),
    named('user:1814', 'ADMIN'),
    named('  User : 1815 ', 'viewer'),
    named('1816', null),
    named(1817, 'Custom Role'),
  ]
  const cloud = await rawCloud(response => json(response, pageOf(members, '5')))
  expect(await listMembers(cloud.options)).toEqual([
    { userId: '1813', role: 'admin' },
    { userId: '1814', role: 'admin' },
    { userId: '1815', role: 'viewer' },
    { userId: '1816', role: null },
    { userId: '1817', role: 'custom role' },
  ])
  expect(cloud.arrivals[0]?.url).toBe('/gateway/v2/namespaces/trade%20prod/members?pageIndex=1&pageSize=100')
  expect(cloud.arrivals[0]?.headers['workspace']).toBe('a14bd5d90a1234')
})

it('does not take a group or a role for a person', async () => {
  const members = [named('role: lockdesk-service'), named('group:flink'), named('3445:lockdesk'), named('user: a b')]
  const cloud = await rawCloud(response => json(response, pageOf(members, 4)))
  expect((await listMembers(cloud.options)).map(({ userId }) => userId)).toEqual([null, null, null, null])
})

it('reads page after page', async () => {
  const all = Array.from({ length: 230 }, (_, at) => named(`user: ${at}`))
  const cloud = await rawCloud((response, _, turn) =>
    json(response, pageOf(all.slice(turn * 100 - 100, turn * 100), 230, turn)),
  )
  expect(await listMembers(cloud.options)).toHaveLength(230)
  expect(cloud.arrivals).toHaveLength(3)
})

it.each([
  ['ends before all came', [pageOf([named('1')], 2), pageOf([], 2)]],
  ['repeats its first page', [pageOf([named('1')], 2), pageOf([named('1')], 2)]],
  ['changes its total', [pageOf([named('1')], 3), pageOf([named('2')], 2)]],
  ['has more than it tells of', [pageOf([named('1'), named('2')], 1)]],
  ['belongs to another page', [pageOf([named('1')], 2, 1), pageOf([named('2')], 2, 1)]],
  ['is none', [pageOf(null, 0)]],
  ['is an object', [pageOf({}, 0)]],
  ['names nobody', [pageOf([named(null)], 1)]],
])('is no list of members where it %s', async (_, pages) => {
  const cloud = await rawCloud((response, __, turn) => json(response, pages[turn - 1]))
  await expect(listMembers(cloud.options)).rejects.toBeInstanceOf(UnreadableAnswer)
})

it('reads those of the emulated cloud', async () => {
  const { url, emulator, close } = await startEmulator({ world: { drafts: 3, namespaces: 1, people: 150, seed: 7 } })
  const [namespace = ''] = emulator.describeWorld().namespaces
  const client = createFlinkClient({
    workspace: demoWorkspace,
    regionId: 'cn-hangzhou',
    endpoint: url,
    stsEndpoint: url,
    credentials: async () => ({ accessKeyId: 'LTAI5tLockdeskDemo', accessKeySecret: 'lockdesk-demo-secret' }),
    timeoutMs: 3_000,
    env: {},
  })
  const read = async () => client.members.listMembers(namespace, { purpose: 'sweep' })
  expect((await read()).map(({ userId }) => userId)).toEqual(
    emulator.members({ workspace: demoWorkspace, namespace }).map(({ id }) => id),
  )
  emulator.setMembers({ workspace: demoWorkspace, namespace, members: [{ id: '7', role: 'OWNER' }] })
  expect(await read()).toEqual([{ userId: '7', role: 'admin' }])
  await client.close()
  await close()
})
