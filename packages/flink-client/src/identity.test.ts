import { expect, it } from 'vitest'
import { json, rawCloud } from '../fixtures/raw-cloud.ts'
import { createFlinkClient } from './index.ts'

async function whoAmI(body: unknown) {
  const cloud = await rawCloud(response => json(response, body))
  const identity = createFlinkClient(cloud.options).identity.whoAmI({ purpose: 'lookup' })
  return { identity, arrivals: cloud.arrivals }
}

it('asks in RPC style: POST to the root, the call named by headers alone', async () => {
  const { identity, arrivals } = await whoAmI({ IdentityType: 'RAMUser', UserId: '22', Arn: 'acs:ram::1:user/lin' })
  await identity
  expect(arrivals[0]).toMatchObject({
    method: 'POST',
    url: '/',
    body: '',
    headers: { 'x-acs-action': 'GetCallerIdentity', 'x-acs-version': '2015-04-01', 'content-length': '0' },
  })
  expect(arrivals[0]?.headers['workspace']).toBeUndefined()
})

it.each([
  [
    'an account',
    { IdentityType: 'Account', AccountId: '1', UserId: '1', PrincipalId: '1', Arn: 'acs:ram::1:root' },
    { name: '1', candidateIds: ['1'], certain: true },
  ],
  [
    'a user, whatever role is printed beside',
    {
      IdentityType: 'RAMUser',
      AccountId: '1',
      UserId: 22,
      PrincipalId: '22',
      RoleId: '33',
      Arn: 'acs:ram::1:user/lin',
    },
    { name: 'lin', candidateIds: ['22'], certain: true },
  ],
  [
    'a session of a role, which may be named in any of these ways',
    {
      IdentityType: 'AssumedRoleUser',
      AccountId: '1',
      RoleId: '33',
      PrincipalId: '33:lin',
      Arn: 'acs:ram::1:assumed-role/desk/lin',
    },
    { name: 'desk/lin', candidateIds: ['33', '33:lin', 'lin'], certain: false },
  ],
  [
    'something that came later',
    { IdentityType: 'Robot', AccountId: '1', PrincipalId: '44' },
    { type: 'Robot', name: '1', candidateIds: ['44'], certain: false },
  ],
])('knows %s', async (_, body, expected) => {
  expect(await (await whoAmI(body)).identity).toMatchObject(expected)
})

it('keeps every digit of a user id that is a number', async () => {
  const { identity } = await whoAmI('{"IdentityType":"RAMUser","UserId":271828182845904523,"Arn":""}')
  expect(await identity).toMatchObject({ candidateIds: ['271828182845904523'] })
})

it.each([
  [{}],
  [{ IdentityType: 'RAMUser', AccountId: '1' }],
  [{ IdentityType: 'RAMUser', UserId: {} }],
  [{ success: true }],
])('is nobody without an id: %j', async body => {
  await expect((await whoAmI(body)).identity).rejects.toMatchObject({ name: 'UnreadableAnswer' })
})
