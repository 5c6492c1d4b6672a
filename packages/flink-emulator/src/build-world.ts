import { z } from 'zod'
import {
  chineseDomains,
  chineseFolders,
  chineseSubjects,
  domains,
  engineVersions,
  folderTree,
  layers,
  namespaceNames,
  peopleNames,
  rhythms,
  subjects,
  teams,
  tiers,
} from './names.ts'
import { seededRandom, type Random } from './random.ts'
import { addDraft, addNamespace, emptyNamespace, ensureFolder } from './world.ts'
import type { Draft, Folder, Lock, Namespace, Person, World } from './world.ts'

/** The workspace of the demo. */
export const demoWorkspace = 'a14bd5d90a1234'

/** How a world is to be; what is absent is as in the demo. */
export const WorldOptions = z.strictObject({
  /** How many drafts there are in all. */
  drafts: z.int().min(0).max(100_000).default(360),
  /** How many namespaces each workspace has, one at the least, as in the cloud; they share the drafts unequally. */
  namespaces: z.int().min(1).max(500).default(3),
  /** How many colleagues there are. Without any, nobody holds a draft until somebody from outside takes one. */
  people: z.int().min(0).max(10_000).default(24),
  /** The same seed gives the same ids, names and holders. */
  seed: z.int().default(20220718),
  /** These names instead of realistic ones; `namespaces` then does not count. */
  namespaceNames: z.array(z.string().min(1).max(200)).min(1).max(500).optional(),
  workspaces: z.array(z.string().min(1).max(100)).min(1).max(20).default([demoWorkspace]),
})
export type WorldOptions = z.input<typeof WorldOptions>

const day = 86_400

/**
 * A world from its options: the same ids for the same seed.
 * Times are told back from `now`, so a world just built has drafts that were changed this morning.
 */
export function buildWorld(given: WorldOptions, now: number): World {
  const options = WorldOptions.parse(given)
  const random = seededRandom(options.seed)
  const authors = buildPeople(Math.max(options.people, 1), random)
  const people = authors.slice(0, options.people)
  const names = [...new Set(options.namespaceNames ?? realisticNamespaces(options.namespaces))]
  const workspaces = new Set(options.workspaces)
  const world: World = { workspaces, namespaces: new Map(), drafts: new Map(), people, authors }
  const homes = [...world.workspaces].flatMap(workspace => names.map(name => ({ workspace, name })))
  const seconds = Math.floor(now / 1000)
  shares(options.drafts, homes.length).forEach((count, index) => {
    const home = homes[index]
    if (home === undefined) return
    const namespace = emptyNamespace(home.workspace, home.name, random.uuid(), seconds - 400 * day, true)
    addNamespace(world, namespace)
    fill(world, namespace, count, random, now)
  })
  return world
}

/** Whole numbers that fall from the first to the last, and add up to `total`. */
function shares(total: number, count: number): number[] {
  const weights = Array.from({ length: count }, (_, index) => 2 * count - index)
  const sum = weights.reduce((a, b) => a + b, 0)
  const floors = weights.map(weight => Math.floor((total * weight) / sum))
  const rest = total - floors.reduce((a, b) => a + b, 0)
  return floors.map((floor, index) => floor + (index < rest ? 1 : 0))
}

function realisticNamespaces(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => namespaceNames[index] ?? `stream-${String(index + 1).padStart(3, '0')}-dev`,
  )
}

function buildPeople(count: number, random: Random): readonly [Person, ...Person[]] {
  const person = (index: number): Person => {
    const name = peopleNames[index % peopleNames.length] ?? peopleNames[0]
    const round = Math.floor(index / peopleNames.length)
    return { id: `2${random.digits(17)}`, name: round === 0 ? name : `${name} ${round + 1}` }
  }
  return [person(0), ...Array.from({ length: count - 1 }, (_, index) => person(index + 1))]
}

function fill(world: World, namespace: Namespace, count: number, random: Random, now: number): void {
  const folders = buildFolders(namespace, random)
  const baptise = nameGiver(random)
  const mayHold = new Set(world.people.length === 0 ? [] : chooseHeld(count, random))
  for (let index = 0; index < count; index += 1) {
    const { name, path } = baptise()
    addDraft(
      world,
      buildDraft(world, namespace, name, folders.get(path) ?? namespace.root, mayHold.has(index), random, now),
    )
  }
}

function buildFolders(namespace: Namespace, random: Random): Map<string, Folder> {
  const paths = Object.entries(folderTree).flatMap(([top, below]) => [top, ...below.map(name => `${top}/${name}`)])
  return new Map(
    paths.map(path => [path, ensureFolder(namespace, path, () => random.uuid(), namespace.root.createdAt)]),
  )
}

/** About 22 % of all, never more than two thirds, at least a tenth: the order of the drafts tells nothing. */
function chooseHeld(count: number, random: Random): number[] {
  const target = Math.min(count - Math.ceil(count / 3), Math.max(Math.ceil(count / 10), Math.round(count * 0.22)))
  const indexes = Array.from({ length: count }, (_, index) => index)
  for (let index = 0; index < target; index += 1) {
    const other = random.between(index, count - 1)
    const [a, b] = [indexes[index] ?? index, indexes[other] ?? other]
    indexes[index] = b
    indexes[other] = a
  }
  return indexes.slice(0, Math.max(0, target))
}

/** Names that are unique within one namespace, with the folder they belong in. */
function nameGiver(random: Random): () => { name: string; path: string } {
  const used = new Map<string, number>()
  return () => {
    const { base, path } = random.chance(0.22) ? chineseName(random) : warehouseName(random)
    const times = (used.get(base) ?? 0) + 1
    used.set(base, times)
    return { name: times === 1 ? base : `${base}_v${times}`, path }
  }
}

function chineseName(random: Random) {
  const base = `${random.pick(chineseDomains)}${random.pick(chineseSubjects)}`
  return { base: random.chance(0.3) ? `${base}_${random.pick(rhythms)}` : base, path: random.pick(chineseFolders) }
}

function warehouseName(random: Random) {
  const layer = random.pick(layers)
  const base = [layer.prefix, random.pick(domains), random.pick(subjects), random.pick(rhythms)].join('_')
  return { base, path: random.pick(layer.folders) }
}

function buildDraft(
  world: World,
  namespace: Namespace,
  name: string,
  folder: Folder,
  held: boolean,
  random: Random,
  now: number,
): Draft {
  const seconds = Math.floor(now / 1000)
  const age = random.between(2 * day, 380 * day)
  const modifiedAgo = Math.floor(age * random.fraction() ** 3)
  const creator = random.pick(world.authors)
  const since = now - Math.floor(1000 * 3 * day * random.fraction() ** 4) - random.between(5_000, 400_000)
  const kind = random.chance(0.15) ? 'CDCYAML' : 'SQLSCRIPT'
  return {
    id: random.uuid(),
    namespace,
    name,
    folderId: folder.id,
    kind,
    executionMode: random.chance(0.9) ? 'STREAMING' : 'BATCH',
    engineVersion: random.pick(engineVersions),
    labels: random.chance(0.7) ? { team: random.pick(teams), tier: random.pick(tiers) } : {},
    localVariables: [],
    artifact: null,
    creator,
    modifier: random.chance(0.6) ? creator : random.pick(world.authors),
    createdAt: seconds - age,
    modifiedAt: seconds - modifiedAgo,
    deploymentId: random.chance(0.4) ? random.uuid() : null,
    lock: held ? seededLock(random.pick(world.authors), random) : null,
    since,
    origin: 'colleague',
    touchedAt: since,
    earlier: [],
  }
}

const seededLock = (holder: Person, random: Random): Lock => ({ id: `stt-${random.letters(16)}`, holder })
