import { openDatabase } from '@lockdesk/bff/database'
import { createLedger } from '@lockdesk/bff/ledger'

export type Ledger = Awaited<ReturnType<typeof createLedger>>
export type History = Awaited<ReturnType<typeof openHistory>>

/** The ledger's room on a store of its own. */
export async function openHistory(url: string) {
  const { database, openStore, close } = await openDatabase(url)
  const store = await openStore()
  const ledger = await createLedger({ database, store, onFault: error => console.error(error) })
  return { database, store, ledger, close }
}

/** Waits until what is derived from the entries is level with them. @returns after how many seconds */
export async function untilLevel({ ledger }: History): Promise<number> {
  const began = performance.now()
  for (;;) {
    const isLevel = await ledger.holds({ parts: [], filter: {} }, { limit: 1 }).then(
      () => ledger.heldAt({ workspace: '', namespace: '', draftId: '' }, 0).then(() => true),
      () => false,
    )
    const behind = isLevel ? 0 : 1
    if (behind === 0) return (performance.now() - began) / 1000
    await new Promise(resolve => setTimeout(resolve, 500))
  }
}
