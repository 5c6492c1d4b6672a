import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoKey, demoWorkspace, otherKey, startEmulator } from '@lockdesk/flink-emulator'
import { startPostgres } from '@lockdesk/throwaway-postgres'
import { Api } from '../fixtures/api.ts'
import { serverMain } from '../fixtures/places.ts'
import { type Server, startServer } from '../fixtures/server.ts'
import type { Words } from './arguments.ts'
import { readLedger } from './read-ledger.ts'
import type { Line } from './judge/history.ts'

const lanes = 8
const namespace = 'race-dev'
const free = { expectedHolderId: null }
const admin = { email: 'ada@example.com', password: 'a password for a short race' }
const editor = { email: 'bo@example.com', password: 'another password for the race' }

/**
 * Two people, two replicas, one free draft: both take it at the same moment, again and again. Exactly one is told that the lock is theirs, and the
 * ledger has both.
 */
export async function takeInPairs({ pairs, keys }: Extract<Words, { kind: 'pairs' }>): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'lockdesk-pairs-'))
  chmodSync(folder, 0o755) // PostgreSQL may run as another user
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), isDurable: false })
  const cloud = await startEmulator({ world: { drafts: pairs, namespaceNames: [namespace], people: 0 } })
  const environment = (key: typeof demoKey) => ({
    LOCKDESK_DATABASE_URL: postgres.url,
    LOCKDESK_SECRET: 'what signs the cookies of a short race',
    LOCKDESK_WORKSPACE: demoWorkspace,
    LOCKDESK_REGION: 'cn-hangzhou',
    LOCKDESK_ENDPOINT: cloud.url,
    LOCKDESK_STS_ENDPOINT: cloud.url,
    LOCKDESK_NAMESPACES: namespace,
    LOCKDESK_SWEEP_INTERVAL: '30',
    LOCKDESK_CALLS_PER_MINUTE: '60000',
    LOCKDESK_TAKES_PER_MINUTE: '0',
    LOCKDESK_ADMIN_EMAIL: admin.email,
    LOCKDESK_ADMIN_PASSWORD: admin.password,
    ALIBABA_CLOUD_ACCESS_KEY_ID: key.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: key.accessKeySecret,
  })
  const replicas: Server[] = []
  for (const key of [demoKey, keys === 1 ? demoKey : otherKey])
    replicas.push(await startServer({ env: environment(key), dataFolder: join(folder, 'data') }))
  const [one, other] = replicas
  if (!one || !other) throw new Error('there are not two replicas')
  await addEditor(one.url, environment(demoKey))
  const drafts = [...cloud.emulator.world.drafts.keys()]
  await untilKnown(await signedIn(one.url, admin), pairs)

  const answers: { draftId: string; statuses: number[]; outcomes: (string | undefined)[] }[] = []
  const began = performance.now()
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      const turned = lane % 2 === 0 ? [one, other] : [other, one]
      const [ada, bo] = await Promise.all([
        signedIn((turned[0] ?? one).url, admin),
        signedIn((turned[1] ?? one).url, editor),
      ])
      for (let at = lane; at < drafts.length; at += lanes) {
        const ref = { workspace: demoWorkspace, namespace, draftId: drafts[at] ?? '' }
        const pair = await Promise.all([ada.take(ref, free), bo.take(ref, free)])
        answers.push({
          draftId: ref.draftId,
          statuses: pair.map(({ status }) => status),
          outcomes: pair.map(({ body }) => body?.outcome),
        })
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  const calls = Object.values(cloud.emulator.calls()).reduce((sum, of) => sum + (of['GetDeploymentDraftLock'] ?? 0), 0)
  for (const replica of replicas) await replica.stop()
  const { lines, complaints } = await readLedger(postgres.url)
  await postgres.stop()
  await cloud.close()
  rmSync(folder, { recursive: true, force: true })

  const told = answers.map(({ outcomes }) => outcomes.filter(outcome => outcome === 'taken').length)
  const recorded = judgeRecords(drafts, lines)
  const counts = {
    pairs: answers.length,
    keys,
    'told taken once': told.filter(times => times === 1).length,
    'told taken twice': told.filter(times => times > 1).length,
    'told taken never': told.filter(times => times === 0).length,
    'recorded as one taken and one not': recorded,
    getLocks: calls,
    'complaints of the ledger': complaints.length,
    seconds: Math.round(seconds),
  }
  console.table([counts])
  const kinds = Map.groupBy(answers, ({ statuses, outcomes }) =>
    statuses
      .map((s, i) => `${s} ${outcomes[i]}`)
      .toSorted()
      .join(' + '),
  )
  for (const [kind, of] of kinds) console.log(`${of.length} × ${kind}`)
  const isGood =
    counts['told taken once'] === pairs && recorded === pairs && complaints.length === 0 && answers.length === pairs
  console.log(
    `${counts['told taken once']} of ${pairs} pairs ended with exactly one taken, ${recorded} have both in the ledger`,
  )
  return isGood
}

/** @returns how many drafts have one entry that says taken by one person, and one that says otherwise by another */
function judgeRecords(drafts: readonly string[], lines: readonly Line[]): number {
  const byDraft = Map.groupBy(lines, line => line.draft_id)
  return drafts.filter(draftId => {
    const ends = (byDraft.get(draftId) ?? []).filter(({ kind, actor_id }) => kind !== 'intent' && actor_id !== null)
    const taken = ends.filter(({ outcome }) => outcome === 'taken')
    const losers = ends.filter(({ outcome, actor_id }) => outcome !== 'taken' && actor_id !== taken[0]?.actor_id)
    return taken.length === 1 && losers.length > 0
  }).length
}

async function signedIn(url: string, { email, password }: typeof admin): Promise<Api> {
  const api = new Api(url)
  const { status, text } = await api.signInByMail(email, password)
  if (status !== 200) throw new Error(`${email} could not sign in: ${status} ${text}`)
  return api
}

/** As an operator would; the one-time password is changed for one's own. */
async function addEditor(url: string, env: Record<string, string>): Promise<void> {
  const words = [serverMain, 'person', 'add', editor.email, '--name', 'Bo Chen', '--role', 'editor']
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  })
  const password = /password[^:\n]*:\s*(\S+)/i.exec(stdout)?.[1]
  if (password === undefined) throw new Error(`no one-time password in: ${stdout}${stderr}`)
  const api = await signedIn(url, { ...editor, password })
  const changed = await api.send('POST', '/api/auth/change-password', { current: password, password: editor.password })
  if (changed.status >= 300) throw new Error(`the password was not changed: ${changed.status} ${changed.text}`)
  api.close()
}

async function untilKnown(api: Api, drafts: number): Promise<void> {
  for (;;) {
    if ((await api.board()).total >= drafts) return api.close()
    await new Promise(resolve => setTimeout(resolve, 500))
  }
}
