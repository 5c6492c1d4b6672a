import {
  demoKey,
  demoWorkspace,
  otherKey,
  roleKey,
  startEmulator,
  type AccessKey,
  type RunningEmulator,
  type TruthDraft,
} from '@lockdesk/flink-emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFlinkClient, createLockTaker, type Attempt, type FlinkClientOptions } from './index.ts'

const person = { purpose: 'person' } as const
const sweep = { purpose: 'sweep' } as const

let cloud: RunningEmulator
beforeAll(async () => {
  cloud = await startEmulator({ world: { drafts: 250, namespaces: 3, seed: 7 } })
})
afterAll(() => cloud.close())
beforeEach(() => {
  cloud.emulator.clearFaults()
  cloud.emulator.setSwitches({
    takeover: 'seize',
    unlockedShape: 'null',
    emptyErrorString: '',
    refuseCarriesData: false,
  })
})

function optionsOf(key: AccessKey = demoKey, more: Partial<FlinkClientOptions> = {}): FlinkClientOptions {
  const { accessKeyId, accessKeySecret, securityToken } = key
  return {
    workspace: demoWorkspace,
    regionId: 'cn-hangzhou',
    endpoint: cloud.url,
    stsEndpoint: cloud.url,
    credentials: async () => ({ accessKeyId, accessKeySecret, ...(securityToken !== undefined && { securityToken }) }),
    timeoutMs: 3000,
    random: () => 0,
    env: {},
    ...more,
  }
}

const taker = (key?: AccessKey) => createLockTaker(optionsOf(key))

async function using<T>(
  work: (client: ReturnType<typeof createFlinkClient>) => Promise<T>,
  options = optionsOf(),
): Promise<T> {
  const client = createFlinkClient(options)
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

function truthOf(namespace: string) {
  return cloud.emulator.truth().filter(draft => draft.namespace === namespace)
}

const address = (draft: TruthDraft | undefined) => ({
  workspace: demoWorkspace,
  namespace: draft?.namespace ?? '',
  draftId: draft?.draftId ?? '',
})

async function idsAndHolders(namespace: string, options = optionsOf()) {
  return using(async client => {
    const read: [string, string | null][] = []
    for (let index = 1; ; index += 1) {
      const { drafts, totalSize } = await client.drafts.readPage(namespace, { index, size: 100 }, sweep)
      for (const { draftId, lock } of drafts) read.push([draftId, lock?.holderId ?? null])
      if (drafts.length === 0 || read.length >= totalSize) return read
    }
  }, options)
}

describe('looking', () => {
  it('gives the same objects for what did not change since the last answer, and new ones for what did', async () => {
    const [namespace = ''] = cloud.emulator.describeWorld().namespaces
    const [draft] = truthOf(namespace)
    await using(async client => {
      const read = async (size: number) => (await client.drafts.readPage(namespace, { index: 1, size }, sweep)).drafts
      const first = await read(5)
      expect(await read(5)).toBe(first)
      cloud.emulator.lockInConsole({ ...address(draft), holder: { id: '4242', name: 'Lin' } })
      const next = await read(5)
      expect(next.map((one, at) => one === first[at])).toEqual([false, true, true, true, true])
      expect(next[0]?.lock?.holderId).toBe('4242')
      expect((await read(4))[0]).not.toBe(next[0])
    })
  })

  it.each(['null', 'absent', '{}', 'emptyStrings'] as const)(
    'reads every draft and every holder, free ones told as %s',
    async shape => {
      cloud.emulator.setSwitches({ unlockedShape: shape, emptyErrorString: '""' })
      const namespaces = await using(client => client.namespaces.listEditable({ purpose: 'lookup' }))
      expect(namespaces.map(({ namespace }) => namespace).sort()).toEqual(
        cloud.emulator.describeWorld().namespaces.sort(),
      )
      for (const { namespace } of namespaces) {
        expect(await idsAndHolders(namespace)).toEqual(
          truthOf(namespace).map(({ draftId, holder }) => [draftId, holder?.id ?? null]),
        )
      }
    },
  )

  it('reads one draft, and folders from the root down to where a draft lies', async () => {
    const [some] = truthOf('trade-prod')
    await using(async client => {
      const draft = await client.drafts.readDraft('trade-prod', some?.draftId ?? '', person)
      expect(draft).toMatchObject({
        name: some?.name,
        lock: some?.holder === null ? null : { holderId: some?.holder.id },
      })
      const root = await client.folders.readFolder('trade-prod', null, { purpose: 'lookup' })
      const folder = await client.folders.readFolder('trade-prod', draft.parentId, { purpose: 'lookup' })
      expect(root).toMatchObject({ parentId: null })
      expect(root.subFolders.length).toBeGreaterThan(0)
      expect(folder.folderId).toBe(draft.parentId)
    })
  })

  it('says of a draft that is not there that it is not', async () => {
    await using(client =>
      expect(
        client.drafts.readDraft('trade-prod', 'c84d73be-40ad-4627-8bdd-fa1eba51b234', person),
      ).rejects.toMatchObject({
        name: 'DraftNotFound',
      }),
    )
  })

  it('asks who it is: a user for certain, a role with every id it may go by', async () => {
    expect(await using(client => client.identity.whoAmI(person))).toEqual({
      type: 'RAMUser',
      arn: 'acs:ram::1399710082556107:user/svc-lockdesk',
      name: 'svc-lockdesk',
      candidateIds: ['271828182845904523'],
      certain: true,
    })
    const role = await using(client => client.identity.whoAmI(person), optionsOf(roleKey))
    expect(role).toMatchObject({ type: 'AssumedRoleUser', certain: false })
    expect(role.candidateIds).toEqual(['344584339364951186', '344584339364951186:lockdesk', 'lockdesk'])
  })

  it('works in a namespace of any name, each way: list, read, take', async () => {
    for (const namespace of ['a b', 'a~b', 'a*b', 'a+b', '50%off', '支付🚀', '(ok)!', 'a/b', '%2F']) {
      const { draftId } = cloud.emulator.createDraft({ workspace: demoWorkspace, namespace, name: `草稿 ${namespace}` })
      expect(await idsAndHolders(namespace)).toEqual([[draftId, null]])
      expect(await taker().takeLock(namespace, draftId, {})).toMatchObject({ kind: 'granted' })
      const draft = await using(client => client.drafts.readDraft(namespace, draftId, person))
      expect(draft).toMatchObject({ name: `草稿 ${namespace}`, lock: { holderId: '271828182845904523' } })
    }
  })

  it('works at an endpoint spelled in capitals with a slash at the end', async () => {
    const endpoint = `${cloud.url.replace('127.0.0.1', 'LOCALHOST')}/`
    expect(
      await using(client => client.identity.whoAmI(person), optionsOf(demoKey, { stsEndpoint: endpoint })),
    ).toMatchObject({
      name: 'svc-lockdesk',
    })
  })

  it('names a clock that is off, with its offset, and does not hurry', async () => {
    const attempts: Attempt[] = []
    const options = optionsOf(demoKey, {
      now: () => Date.now() - 16 * 60_000,
      observe: attempt => attempts.push(attempt),
    })
    const error: unknown = await idsAndHolders('trade-prod', options).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'ClockOff', errorCode: 'InvalidTimeStamp.Expired' })
    const { offsetMs } = error as { offsetMs: number }
    expect(Math.abs(offsetMs + 16 * 60_000)).toBeLessThan(3000)
    expect(attempts).toHaveLength(1)
  })

  it('tells a wrong secret from an unknown key', async () => {
    const wrong = optionsOf({ ...demoKey, accessKeySecret: 'another' })
    const unknown = optionsOf({ ...demoKey, accessKeyId: 'LTAI5tNobody' })
    await expect(idsAndHolders('trade-prod', wrong)).rejects.toMatchObject({ errorCode: 'SignatureDoesNotMatch' })
    await expect(idsAndHolders('trade-prod', unknown)).rejects.toMatchObject({
      errorCode: 'InvalidAccessKeyId.NotFound',
    })
  })

  it.each([
    [
      { kind: 'throttle', ms: 20_000 },
      { name: 'Throttled', retryAfterMs: 20_000 },
    ],
    [
      { kind: 'error', status: 500, code: 'InternalError' },
      { name: 'GatewayFailure', status: 500 },
    ],
    [{ kind: 'html' }, { name: 'UnreadableAnswer', how: 'html', status: 502 }],
    [
      { kind: 'html', status: 200 },
      { name: 'UnreadableAnswer', how: 'html' },
    ],
    [{ kind: 'truncated' }, { name: 'UnreadableAnswer' }],
    [{ kind: 'hang' }, { name: 'NoAnswer', how: 'timeout' }],
    [{ kind: 'lost-answer' }, { name: 'NoAnswer', how: 'connection' }],
    [
      { kind: 'deny', layer: 'ram' },
      { name: 'Forbidden', layer: 'ram' },
    ],
    [
      { kind: 'deny', layer: 'namespace-role' },
      { name: 'Forbidden', layer: 'namespace-role' },
    ],
    [
      { kind: 'deny', layer: 'namespace-role', status: 403 },
      { name: 'Forbidden', layer: 'namespace-role' },
    ],
    [{ kind: 'deny', layer: 'gateway' }, { name: 'Throttled' }],
    [
      { kind: 'answer', body: '\ufeff<!doctype html>' },
      { name: 'UnreadableAnswer', how: 'html' },
    ],
  ] as const)('under the fault %j fails as %j', async (fault, error) => {
    cloud.emulator.addFault({ ...fault })
    await expect(idsAndHolders('trade-prod', optionsOf(demoKey, { timeoutMs: 1500 }))).rejects.toMatchObject(error)
  })

  it('recovers within one read from a fault that strikes twice', async () => {
    cloud.emulator.addFault({ kind: 'html', times: 2 })
    expect(await idsAndHolders('trade-prod')).toHaveLength(truthOf('trade-prod').length)
  })

  it('has taken nothing so far but what the tests took on purpose', async () => {
    const takes = () => cloud.emulator.calls()[demoKey.accessKeyId]?.['GetDeploymentDraftLock'] ?? 0
    const before = takes()
    await idsAndHolders('trade-prod')
    await using(client => client.namespaces.listEditable({ purpose: 'lookup' }))
    expect(takes()).toBe(before)
  })
})

describe('taking', () => {
  const place = { workspace: demoWorkspace, namespace: 'trade-prod' }
  const lin = { id: '1838996671829301', name: '林伟' }
  let draftId: string
  let number = 0
  beforeEach(() => {
    number += 1
    draftId = cloud.emulator.createDraft({ ...place, name: `to take ${number}` }).draftId
    cloud.emulator.lockInConsole({ ...place, draftId, holder: lin })
  })
  const holderNow = () => truthOf('trade-prod').find(draft => draft.draftId === draftId)?.holder

  it('seizes, is refused, or is told who has it, as the cloud pleases', async () => {
    cloud.emulator.setSwitches({ takeover: 'refuse' })
    expect(await taker().takeLock('trade-prod', draftId, {})).toMatchObject({ kind: 'rejected', throttled: false })
    cloud.emulator.setSwitches({ refuseCarriesData: true })
    expect(await taker().takeLock('trade-prod', draftId, {})).toMatchObject({ kind: 'rejected' })
    cloud.emulator.setSwitches({ takeover: 'report-holder' })
    expect(await taker().takeLock('trade-prod', draftId, {})).toMatchObject({
      kind: 'granted',
      lock: { holderId: lin.id },
    })
    expect(holderNow()).toEqual(lin)
    cloud.emulator.setSwitches({ takeover: 'seize' })
    expect(await taker(otherKey).takeLock('trade-prod', draftId, {})).toMatchObject({
      kind: 'granted',
      lock: { holderId: '314159265358979323', holderName: 'svc-other-desk' },
    })
    expect(holderNow()?.id).toBe('314159265358979323')
  })

  it('is signed with the token of a session of a role', async () => {
    expect(await taker(roleKey).takeLock('trade-prod', draftId, {})).toMatchObject({
      kind: 'granted',
      lock: { holderId: '344584339364951186:lockdesk' },
    })
  })

  it.each([
    [{ kind: 'lost-answer' }, { kind: 'lost', cause: 'connection' }, true],
    [{ kind: 'lost-answer', acts: false }, { kind: 'lost', cause: 'connection' }, false],
    [{ kind: 'html', acts: true }, { kind: 'lost', cause: 'server-error' }, true],
    [{ kind: 'truncated' }, { kind: 'lost', cause: 'unreadable' }, true],
    [{ kind: 'hang' }, { kind: 'lost', cause: 'timeout' }, false],
    [
      { kind: 'error', code: 'SignatureNonceUsed', status: 400, acts: true },
      { kind: 'lost', cause: 'nonce-used' },
      true,
    ],
    [{ kind: 'throttle' }, { kind: 'rejected', throttled: true }, false],
    [{ kind: 'deny', layer: 'gateway' }, { kind: 'rejected', throttled: true }, false],
    [{ kind: 'deny', layer: 'ram' }, { kind: 'forbidden', layer: 'ram' }, false],
    [{ kind: 'deny', layer: 'namespace-role' }, { kind: 'forbidden', layer: 'namespace-role' }, false],
    [{ kind: 'deny', layer: 'namespace-role', status: 403 }, { kind: 'forbidden', layer: 'namespace-role' }, false],
  ] as const)('under the fault %j answers %j, having asked once', async (fault, answer, acted) => {
    cloud.emulator.addFault({ ...fault, operation: 'GetDeploymentDraftLock' })
    const takes = () => cloud.emulator.calls()[demoKey.accessKeyId]?.['GetDeploymentDraftLock'] ?? 0
    const before = takes()
    const brief = createLockTaker(optionsOf(demoKey, { timeoutMs: 1500 }))
    expect(await brief.takeLock('trade-prod', draftId, {})).toMatchObject(answer)
    expect(takes()).toBe(before + 1)
    expect(holderNow()?.id).toBe(acted ? '271828182845904523' : lin.id)
  })

  it('leaves every digit of a holder id that comes as a number', async () => {
    const body = '{"success":true,"httpCode":200,"data":{"holderId":9007199254740993,"holderName":"x"}}'
    cloud.emulator.addFault({ kind: 'answer', body, operation: 'GetDeploymentDraftLock', times: 1 })
    expect(await taker().takeLock('trade-prod', draftId, {})).toMatchObject({ lock: { holderId: '9007199254740993' } })
  })
})
