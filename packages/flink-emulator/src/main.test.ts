import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

function run(port: string) {
  const child = spawn(process.execPath, [main], { env: { ...process.env, LOCKDESK_EMULATOR_PORT: port } })
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()))
  return { child, output, ended: once(child, 'close') as Promise<[number | null, string | null]> }
}

describe('as a process of its own', () => {
  it('says where it is, nothing secret, has colleagues at work, and ends at once on SIGTERM', async () => {
    const { child, output, ended } = run('0')
    await expect.poll(() => output.out, { timeout: 20_000 }).toContain('\n')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0] ?? ''
    expect(output.out).toMatch(/^The emulated cloud is at http\S+: 360 drafts in trade-prod, risk-dev, growth-dev\.\n$/)
    expect(await (await fetch(`${url}/_emulator/people`)).json()).toEqual({ paused: false })
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(output.out + output.err).not.toContain('secret')
  })

  it('says in one sentence that its port is in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as AddressInfo
    const { output, ended } = run(String(port))
    expect(await ended).toEqual([1, null])
    expect(output.err).toBe(
      `Port ${port}, where the emulated cloud should listen, is in use: stop what uses it or set LOCKDESK_EMULATOR_PORT.\n`,
    )
    squatter.close()
  })

  it.each(['x', '65536', '-1', ''])('says in one sentence that "%s" is no port', async port => {
    const { output, ended } = run(port)
    expect(await ended).toEqual([1, null])
    expect(output.err).toBe(`LOCKDESK_EMULATOR_PORT must be a port, such as 4181; it is "${port}".\n`)
  })
})
