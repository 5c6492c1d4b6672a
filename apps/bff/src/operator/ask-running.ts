import { request } from 'node:http'
import { z } from 'zod'
import type { Command } from './command.ts'
import { readControl } from './control-file.ts'
import { controlMark } from './control-server.ts'
import type { Performed } from './perform.ts'

const Answer = z.object({ lines: z.array(z.string()), isWell: z.boolean() })

/**
 * Hands a command to the process that runs on this data folder. There is no time limit: walking a long ledger takes its time.
 * @returns null where none runs: no file, or one that a killed process left behind
 */
export async function askRunning(folder: string, command: Command): Promise<Performed | null> {
  const control = await readControl(folder)
  if (!control) return null
  const body = JSON.stringify(command)
  const text = await new Promise<string | null>(resolve => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: control.port,
        method: 'POST',
        agent: false,
        headers: {
          authorization: `Bearer ${control.token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      response => {
        let answer = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (answer += part))
        response.on('error', () => resolve(null))
        response.on('end', () =>
          resolve(response.headers[controlMark] === '1' && response.statusCode === 200 ? answer : null),
        )
      },
    )
    // Whoever has the port now and does not speak HTTP, or nobody.
    asked.on('error', () => resolve(null))
    asked.end(body)
  })
  return text === null ? null : Answer.parse(JSON.parse(text))
}
