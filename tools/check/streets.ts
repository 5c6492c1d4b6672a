/**
 * Who may import whom. Streets are one-way; each of these has a canary in `tools/canaries` that must be refused. Where a file
 * fits several, the linter applies the last alone: so the narrower comes later, and repeats what holds for the wider.
 */

/** One thing that a folder must not import, and why. */
type Ban = { message: string } & (
  | { regex: string }
  | { group: string[]; importNamePattern?: string; allowTypeImports?: boolean }
)

interface Street {
  files: string[]
  excludeFiles: string[]
  rules: { 'no-restricted-imports': ['error', { patterns: Ban[] }] }
}

/** `**` in front: the canaries lie in a tree of their own that repeats ours. */
function street(place: string, patterns: Ban[]): Street {
  return {
    files: [`**/${place}`],
    excludeFiles: ['**/*.test.ts', '**/*.test.tsx'], // a test may put everything together
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  }
}

/** Rooms of the same package, as they are spelled from inside another one. */
const rooms = (names: readonly string[], message: string): Ban => ({
  regex: `^(\\.\\./)+(${names.join('|')})/`,
  message,
})

const packages = (names: readonly string[], message: string): Ban => ({
  group: [...names.flatMap(name => [name, `${name}/**`]), '**/packages/**', '**/apps/**'],
  message,
})

// --- packages -----------------------------------------------------------------------------------------------------------

const contract = street('packages/contract/src/**', [
  {
    group: ['*', '!zod', '!zod/*', '!./*', '!../*'],
    message: 'contract imports nobody but zod: it runs in a browser as it does in the server.',
  },
])

const flinkClient = street('packages/flink-client/src/**', [
  packages(['@lockdesk/*'], 'flink-client knows the cloud, and nobody else here.'),
])

const flinkEmulator = street('packages/flink-emulator/src/**', [
  packages(
    ['@alicloud/*', '@lockdesk/*'],
    'The emulated cloud never signs, and shares no code with those who do: it would agree with their mistakes.',
  ),
])

// --- the server ---------------------------------------------------------------------------------------------------------

const nothingEmulated = packages(
  ['@lockdesk/flink-emulator', '@lockdesk/web', '@lockdesk/e2e'],
  'The server knows contract and flink-client: nothing emulated is ever loaded, and no page.',
)

const takesNothing: Ban = {
  group: ['**'],
  importNamePattern: 'LockTaker|TakingWorkspace',
  message: 'Only locks/ is handed what can take a lock.',
}

const onlyLooks: Ban = {
  group: ['**'],
  importNamePattern: 'LockTaker|TakingWorkspace|[Tt]akeLock',
  message: 'Looking never takes: the watch is given nothing that could.',
}

const siblings = ['watch', 'live', 'board', 'locks', 'audit'] as const

const inServer = (place: string, bans: Ban[]) => street(`apps/bff/src/${place}`, [nothingEmulated, ...bans])

/** The rooms that stand side by side on ledger, database and cloud. */
function siblingRoom(room: (typeof siblings)[number]): Street[] {
  const others = siblings.filter(name => name !== room)
  const aside = rooms(others, `Streets are one-way: ${room} stands on ledger, database and cloud, and beside no other.`)
  const takes = room === 'locks' ? [] : [room === 'watch' ? onlyLooks : takesNothing]
  const noAccess = rooms(['access'], 'access is for route files, http and compose: a room is told who asks.')
  const inRoom = inServer(`${room}/**`, [aside, noAccess, ...takes])
  return room === 'watch' ? [inRoom] : [inRoom, inServer(`${room}/routes.ts`, [aside, ...takes])]
}

const server = [
  inServer('**', []),
  inServer('database/**', [
    rooms(['ledger', 'cloud', 'access', 'http', 'config', ...siblings], 'database serves everybody and knows nobody.'),
    takesNothing,
  ]),
  inServer('ledger/**', [
    rooms(['cloud', 'access', 'http', 'config', ...siblings], 'ledger stands on database alone.'),
    takesNothing,
  ]),
  inServer('cloud/**', [
    rooms(['ledger', 'access', 'http', ...siblings], 'cloud serves the rooms and knows none of them.'),
  ]),
  inServer('access/**', [
    rooms(siblings, 'access stands on database and cloud, and on nothing that watches or takes.'),
    takesNothing,
  ]),
  ...siblings.flatMap(siblingRoom),
]

// --- the page -----------------------------------------------------------------------------------------------------------

const onlyTypesOfServer: Ban = {
  group: ['@lockdesk/bff', '@lockdesk/bff/**'],
  allowTypeImports: true,
  message: 'The page knows the types of the server and none of its code: `import type`.',
}

const inBrowser = packages(
  ['@lockdesk/flink-client', '@lockdesk/flink-emulator', '@lockdesk/e2e', 'node:*'],
  'The page never talks to the cloud, and runs in a browser.',
)

const inPage = (place: string, bans: Ban[]) => street(`apps/web/src/${place}`, [onlyTypesOfServer, inBrowser, ...bans])

const noApp = rooms(['app'], 'No feature knows the app: what combines features stands above them.')
const noOther = (regex: string): Ban => ({
  regex: `${regex}|/features/`,
  message: 'No feature imports another: what two need moves down, what combines them moves up.',
})

const page = [
  inPage('**', []),
  ...['ui', 'i18n', 'api'].map(room =>
    inPage(`${room}/**`, [rooms(['live', 'features', 'app'], 'ui, i18n and api are what pages are made of.')]),
  ),
  inPage('live/**', [rooms(['features', 'app'], 'live stands below the features.')]),
  inPage('features/*/*', [noApp, noOther('^\\.\\./[^.]')]),
  inPage('features/*/*/*', [noApp, noOther('^\\.\\./\\.\\./[^.]')]),
]

/** The linter's rules for imports, folder by folder. */
export const imports: readonly Street[] = [contract, flinkClient, flinkEmulator, ...server, ...page]
