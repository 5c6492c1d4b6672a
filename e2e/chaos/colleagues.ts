import type { Emulator, Holder } from '@lockdesk/flink-emulator'
import type { Random } from './random.ts'
import type { Truth } from './truth.ts'

const colleagues: readonly Holder[] = [
  { id: '101', name: '王磊' },
  { id: '102', name: 'Lin' },
  { id: '103', name: 'Lin' },
  { id: '104', name: 'Dana Kim' },
]

/** One thing that somebody does in the cloud's own console: takes, takes over or frees a draft; now and then one comes or goes. */
export function workInConsole(emulator: Emulator, truth: Truth, random: Random, places: ConsolePlaces): void {
  const { workspace, namespaces, draftIds, made } = places
  if (random.chance(0.02)) {
    const name = `made-${made.size}-${random.between(0, 1e9)}`
    const { draftId } = emulator.createDraft({ workspace, namespace: random.pick(namespaces), name })
    made.add(draftId)
    return
  }
  if (random.chance(0.015) && made.size > 0) {
    const draftId = random.pick([...made])
    made.delete(draftId)
    truth.gather()
    emulator.deleteDraft(draftId)
    truth.deleted(draftId)
    return
  }
  const draft = emulator.world.drafts.get(random.pick(made.size > 0 && random.chance(0.1) ? [...made] : draftIds))
  if (!draft) return
  const address = { workspace, namespace: draft.namespace.name, draftId: draft.id }
  const isFreed = draft.lock !== null && random.chance(0.6)
  emulator.lockInConsole({ ...address, holder: isFreed ? null : random.pick(colleagues) })
}

export interface ConsolePlaces {
  workspace: string
  namespaces: readonly string[]
  /** Where colleagues work. */
  draftIds: readonly string[]
  /** Drafts that they made. */
  made: Set<string>
}
