import pg from 'pg'
import { connectionOptions, endSoon, letGoSoon, patienceMs, tearDown } from './postgres-connection.ts'

export interface PostgresListener {
  close(): Promise<void>
}

const beatMs = 2_000
const againMs = 500

/**
 * Hears what is announced on a channel, by a connection of its own that is opened anew whenever it is lost.
 * @param missed called after each opening: what was announced before it was not heard
 */
export async function listenOnPostgres(
  url: string,
  channel: string,
  heard: (payload: string) => void,
  missed: () => void,
): Promise<PostgresListener> {
  let isClosed = false
  let current: pg.Client | null = null
  let again: NodeJS.Timeout | undefined

  async function open(): Promise<void> {
    const client = new pg.Client({ ...connectionOptions(url), query_timeout: patienceMs })
    let beat: NodeJS.Timeout | undefined
    let isLost = false
    function lose(): void {
      if (isLost) return
      isLost = true
      clearInterval(beat)
      tearDown(client)
      if (isClosed || current !== client) return
      current = null
      again = setTimeout(() => void open().catch(() => {}), againMs)
      again.unref()
    }
    current = client
    client
      .on('error', lose)
      .on('end', lose)
      .on('notification', ({ payload }) => heard(payload ?? ''))
    try {
      await client.connect()
      await letGoSoon(client)
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      lose()
      throw error
    }
    let isAsked = false
    beat = setInterval(() => {
      if (isAsked) return
      isAsked = true
      client.query('select 1').then(() => (isAsked = false), lose)
    }, beatMs)
    beat.unref()
    missed()
  }

  await open().catch((error: unknown) => {
    isClosed = true
    clearTimeout(again)
    throw error
  })
  return {
    async close() {
      isClosed = true
      clearTimeout(again)
      if (current) await endSoon(current)
    },
  }
}
