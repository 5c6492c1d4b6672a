import pg from 'pg'
import { connectionOptions, patienceMs } from './postgres-connection.ts'

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
  let client: pg.Client | null = null
  let again: NodeJS.Timeout | undefined

  async function open(): Promise<void> {
    const fresh = new pg.Client({ ...connectionOptions(url), query_timeout: patienceMs })
    const beat = setInterval(() => void fresh.query('select 1').catch(lose), beatMs)
    beat.unref()
    function lose(): void {
      clearInterval(beat)
      fresh.connection.stream.destroy()
      if (isClosed || client !== fresh) return
      client = null
      reopen()
    }
    client = fresh
    fresh
      .on('error', lose)
      .on('end', lose)
      .on('notification', ({ payload }) => heard(payload ?? ''))
    try {
      await fresh.connect()
      await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      clearInterval(beat)
      throw error
    }
    missed()
  }

  function reopen(): void {
    if (isClosed) return
    again = setTimeout(() => void open().catch(reopen), againMs)
    again.unref()
  }

  await open()
  return {
    async close() {
      isClosed = true
      clearTimeout(again)
      await client?.end()
    },
  }
}
