import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type RequestOptions, request } from 'node:http'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Command } from './command.ts'
import { type Control, isSameFile, readControl } from './control-file.ts'
import { challengeHeader, proofOf } from './control-server.ts'
import type { Performed } from './perform.ts'

const Proof = z.object({ proof: z.string() })
const Answer = z.object({ lines: z.array(z.string()), isWell: z.boolean() })

/** How long the process may take to prove that it is ours. Any program may have the port of one that was killed, a silent one too. */
const longestProofMs = 2_000

/**
 * Hands a command to the process that runs on this file. Once it has shown who it is there is no time limit: walking a long ledger takes
 * its time.
 * @param store the file of the store that the command is for
 * @returns null where none runs on it: no control file, one of another store, or one that a killed process left behind
 */
export async function askRunning(store: string, command: Command): Promise<Performed | null> {
  const control = await readControl(dirname(store))
  if (!control || !(await isSameFile(control.store, store)) || !(await isOurs(control))) return null
  const body = JSON.stringify(command)
  const headers = {
    authorization: `Bearer ${control.token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  const answer = await send({ port: control.port, method: 'POST', headers }, body)
  return answer === null ? null : Answer.parse(answer)
}

/** The token itself is sent to nobody who has not shown that they have it. */
async function isOurs({ port, token }: Control): Promise<boolean> {
  const challenge = randomBytes(32).toString('base64url')
  const signal = AbortSignal.timeout(longestProofMs)
  const answer = await send({ port, method: 'GET', headers: { [challengeHeader]: challenge }, signal })
  const given = Buffer.from(Proof.safeParse(answer).data?.proof ?? '')
  const wanted = Buffer.from(proofOf(token, challenge))
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

const longestAnswer = 16 * 1024 * 1024

/** @returns the JSON of an answer with 200, or null for anything else, also for what speaks no HTTP */
function send(options: RequestOptions, body?: string): Promise<unknown> {
  return new Promise<unknown>(resolve => {
    const nothing = () => resolve(null)
    const asked = request({ host: '127.0.0.1', agent: false, ...options }, response => {
      let answer = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        answer += part
        if (answer.length > longestAnswer) asked.destroy()
      })
      response.on('error', nothing)
      response.on('close', nothing)
      response.on('end', () => resolve(response.statusCode === 200 ? parsed(answer) : null))
    })
    asked.on('error', nothing)
    asked.end(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
