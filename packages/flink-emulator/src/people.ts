import { newLock } from './locks.ts'
import type { Random } from './random.ts'
import { setLock, type Draft, type Namespace, type Person, type World } from './world.ts'

/** How long colleagues keep their hands off what somebody else has touched. */
const respectMs = { colleague: 0, api: 120_000, director: 600_000 }

/** Out of how many deeds one is to take a draft away from whoever got it by a signed call. */
const rudenessOf = 120

/**
 * One thing that colleagues do in the console: take, free or take over one draft of one namespace.
 * They keep at least a third of it free and a tenth held, mending that first where somebody else has upset it.
 * @returns the draft they changed; undefined if there was nothing to do, or nobody to do it
 */
export function workInConsole(world: World, random: Random, now: number): Draft | undefined {
  const [first, ...others] = world.people
  if (first === undefined) return undefined
  const peopled = [...world.namespaces.values()].filter(namespace => namespace.peopled && namespace.drafts.length > 0)
  const upset = peopled.find(namespace => wish(namespace) !== undefined)
  const namespace = upset ?? (peopled.length === 0 ? undefined : random.pick(peopled as [Namespace, ...Namespace[]]))
  if (namespace === undefined) return undefined
  const deed = wish(namespace) ?? whim(namespace, random)
  const draft = find(namespace, deed, upset !== undefined, random, now)
  if (draft === undefined) return undefined
  const holder = deed === 'free' ? null : someoneElse([first, ...others], draft, random)
  if (deed === 'free' && draft.lock !== null) {
    draft.modifier = draft.lock.holder
    draft.modifiedAt = Math.floor(now / 1000)
  }
  setLock(draft, holder === null ? null : newLock(holder), 'colleague', now)
  return draft
}

type Deed = 'take' | 'free' | 'take-over' | 'be-rude'

/** Fewest drafts that must be free and held; of a single draft only that it is free. */
export function limits(drafts: number): { free: number; held: number } {
  const free = Math.ceil(drafts / 3)
  return { free, held: Math.min(drafts - free, Math.ceil(drafts / 10)) }
}

/** What must be done before anything else. */
function wish(namespace: Namespace): 'take' | 'free' | undefined {
  const total = namespace.drafts.length
  const { free, held } = limits(total)
  if (namespace.held < held) return 'take'
  return total - namespace.held < free ? 'free' : undefined
}

function whim(namespace: Namespace, random: Random): Deed {
  const total = namespace.drafts.length
  const { free, held } = limits(total)
  if (random.fraction() * rudenessOf < 1) return 'be-rude'
  const mayTake = total - namespace.held > free
  const mayFree = namespace.held > held
  if (random.chance(0.15) || (!mayTake && !mayFree)) return 'take-over'
  if (!mayTake || !mayFree) return mayTake ? 'take' : 'free'
  return random.chance(namespace.held / total < 0.25 ? 0.6 : 0.4) ? 'take' : 'free'
}

/** A draft that suits the deed: by luck, and if luck fails by looking at every one. */
function find(namespace: Namespace, deed: Deed, urgent: boolean, random: Random, now: number): Draft | undefined {
  const suits = (draft: Draft) => {
    if (!urgent && now - draft.touchedAt < respectMs[draft.origin]) return false
    if (deed === 'take') return draft.lock === null
    return draft.lock !== null && (deed === 'be-rude') === (draft.origin === 'api')
  }
  const { drafts } = namespace
  for (let trial = 0; trial < 40; trial += 1) {
    const draft = drafts[random.between(0, drafts.length - 1)]
    if (draft !== undefined && suits(draft)) return draft
  }
  const start = random.between(0, drafts.length - 1)
  return drafts.slice(start).find(suits) ?? drafts.slice(0, start).find(suits)
}

function someoneElse(people: readonly [Person, ...Person[]], draft: Draft, random: Random): Person {
  const chosen = random.pick(people)
  return chosen.id === draft.lock?.holder.id ? (people.find(person => person.id !== chosen.id) ?? chosen) : chosen
}
