import { isPostgres } from '../database/is-postgres.ts'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { EndpointFault, parseEndpoint, regions } from '@lockdesk/flink-client'
import { z } from 'zod'

/**
 * How single settings are read, from the environment and from the file alike: text in, the value in Lockdesk's own units out.
 * The messages go on a sentence that begins with the setting, and repeat no value.
 */

const text = z.string({ error: ({ input }) => (input === undefined ? 'is missing.' : 'must be one text.') }).trim()

export function whole(min: number, max: number, unit: string) {
  const error = `must be a whole number of ${unit} from ${min} to ${max}.`
  return text
    .refine(value => /^\d{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max, { error })
    .transform(Number)
}

export const Port = text
  .refine(
    value => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535,
    'must be a port from 1 to 65535.',
  )
  .transform(Number)

/** A plain number of seconds; milliseconds come out. */
export function seconds(min: number, max: number) {
  const error = `must be a number of seconds from ${min} to ${max}, without a unit.`
  return text
    .refine(value => /^\d{1,9}(\.\d{1,3})?$/.test(value) && Number(value) >= min && Number(value) <= max, { error })
    .transform(value => Math.round(Number(value) * 1000))
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A number with its unit, from a second on; milliseconds come out. */
function duration(mostDays: number) {
  return text.transform((value, context) => {
    const [, number, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(s|m|h|d)$/.exec(value) ?? []
    const ms = Math.round(Number(number) * unitMs[unit as keyof typeof unitMs])
    if (ms >= 1_000 && ms <= mostDays * unitMs.d) return ms
    return refuse(context, `must be a time from 1s to ${mostDays}d with its unit: s, m, h or d.`)
  })
}

export const Duration = duration(366)
export const Retention = duration(36_500)

/** A file, or an address that takes lines of JSON. */
export const Sink = text.transform((value, context): { kind: 'file'; path: string } | { kind: 'http'; url: string } => {
  const path = /^file:(.+)$/s.exec(value)?.[1]
  if (path !== undefined && !path.includes('\0') && !path.startsWith('//')) return { kind: 'file', path: resolve(path) }
  const url = URL.parse(value)
  if (!url || !/^https?:$/.test(url.protocol))
    return refuse(
      context,
      'must be file:PATH, the path without //, or an address that begins with https:// or http://.',
    )
  if (url.username || url.password)
    return refuse(context, 'has a password in it. Put a bearer token into LOCKDESK_SINK_TOKEN instead.')
  return { kind: 'http', url: url.href }
})

/** Sent as a header, so no blanks and no other script. */
export const SinkToken = text.regex(/^[\x21-\x7e]{1,2000}$/, 'must be a token without blanks.')

export const SweepInterval = seconds(0.2, 3600)
/** Fewer than four would leave the sweeps less than one call a minute. */
export const CallsPerMinute = whole(4, 60_000, 'calls a minute')

export const Policy = text.pipe(z.enum(['soft', 'hard'], 'must be soft or hard.'))

export const Region = text.pipe(z.enum(regions, `must be one of ${regions.join(', ')}.`))

/** An origin; `http://` on loopback only. Capitals and a closing slash are forgiven. */
export const Endpoint = text.transform((value, context) => {
  try {
    return parseEndpoint(value)
  } catch (fault) {
    if (fault instanceof EndpointFault) return refuse(context, `is not usable: ${fault.message}`)
    throw fault
  }
})

export const PublicUrl = text.transform((value, context) => {
  try {
    return parseEndpoint(value)
  } catch (fault) {
    if (!(fault instanceof EndpointFault)) throw fault
    return refuse(
      context,
      'must be the origin that people open: https://, or http:// on loopback only, without path, query or password.',
    )
  }
})

/** Sent as a header, so no blanks and no other script. */
export const WorkspaceId = text.regex(/^[\x21-\x7e]{1,100}$/, 'must be the id of a workspace, without blanks.')

const isNamespace = (name: string) => name !== '.' && name !== '..' && name.length <= 200 && name.isWellFormed()

/** One text with commas, as in the environment, or a list, as the file has it too. */
const Listing = z.union([z.array(text), text.transform(listed)], {
  error: ({ input }) => (input === undefined ? 'is missing.' : 'must be a list.'),
})

export const NamespaceList = Listing.transform((names, context): string[] | '*' =>
  names.join() === '*' ? '*' : namesOf(names, context),
)

function namesOf(names: readonly string[], context: z.RefinementCtx): string[] {
  const unique = [...new Set(names)]
  if (unique.includes('*')) return refuse(context, 'must be names, or * alone for all that the credential may edit.')
  if (unique.length === 0 || unique.includes('')) return refuse(context, 'must name at least one namespace, or be *.')
  if (!unique.every(isNamespace)) return refuse(context, 'holds a name that no namespace can have.')
  return unique
}

export const IdList = Listing.transform((ids, context) => {
  const unique = [...new Set(ids)]
  if (unique.length > 0 && !unique.includes('')) return unique
  return refuse(context, 'must be ids, separated by commas.')
})

export const CredentialSpec = text.regex(
  /^(default|profile:\S.*|env:[A-Za-z_]\w*)$/,
  'must be default, profile:NAME or env:PREFIX.',
)

const placeholders = ['origin', 'workspace', 'namespace', 'draftId']

/** A link with placeholders. Only web addresses: what people click must not run anything. */
export const ConsoleTemplate = text.refine(
  value =>
    /^(https?:\/\/|\{origin\}\/)/.test(value) &&
    URL.canParse(value.replaceAll('{origin}', 'https://console.example').replaceAll(/[{}]/g, '')) &&
    [...value.matchAll(/\{([^}]*)\}/g)].every(([, name = '']) => placeholders.includes(name)),
  'must be an http or https address; in braces it may hold {origin}, {workspace}, {namespace} and {draftId} only.',
)

export const Proxies = text.transform((value, context) => {
  const ranges = listed(value)
  const isRange = (range: string) => {
    const [address = '', prefix, ...rest] = range.split('/')
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
    const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits)
    return bits > 0 && isPrefix && rest.length === 0
  }
  if (ranges.length > 0 && ranges.every(isRange)) return ranges
  return refuse(context, 'must be addresses or ranges of addresses, separated by commas.')
})

export const Email = text.toLowerCase().pipe(z.email('must be an e-mail address.').max(254, 'is too long.'))
export const Password = z
  .string()
  .min(12, 'must have at least 12 characters.')
  .max(1024, 'is longer than 1024 characters.')
export const Secret = z.string().min(32, 'must have at least 32 characters that nobody can guess.')
export const Host = text.regex(/^[\w.:%-]{1,253}$/, 'must be an address or name of this machine.')
export const Text = text
export const Identity = text.refine(
  value => value === 'service',
  'must be service: taking locks as a role of one’s own is not built yet.',
)

/** In memory is for tests: what it holds is gone with the process. */
export const DatabaseUrl = text.transform((value, context) => {
  if (isPostgres(value)) {
    if (URL.canParse(value) && new URL(value).hostname !== '') return value
    return refuse(context, 'must be postgres://USER:PASSWORD@HOST:PORT/DATABASE where it names PostgreSQL.')
  }
  const path = /^sqlite:(.+)$/s.exec(value)?.[1]
  if (path === undefined || path.includes('\0') || /^\/\/(?!\/)/.test(path))
    return refuse(context, 'must be sqlite:PATH, the path without //, or postgres://….')
  return value
})

function listed(value: string): string[] {
  return value
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}
