import { z } from 'zod'

/**
 * What nobody knows about the real service, each way selectable.
 * A client is right only if it is right under every setting.
 */
export const Switches = z.strictObject({
  /** What getLock does to a draft that somebody else holds. */
  takeover: z.enum(['seize', 'refuse', 'report-holder']),
  /** `refuse` names the holder in `data`. */
  refuseCarriesData: z.boolean(),
  /** `enforced`: updating and deleting need the caller's own lock. */
  updateGuard: z.enum(['enforced', 'off']),
  /** Off: the items of a list never have the member `lock`. */
  listIncludesLock: z.boolean(),
  /** How a free draft's `lock` looks. `null` and `{}` may be set as themselves, too. */
  unlockedShape: z.preprocess(named, z.enum(['null', 'absent', '{}', 'emptyStrings'])),
  /** Creating a draft locks it for its creator. */
  createLocks: z.boolean(),
  /** getLock by the holder answers with a new lock id. */
  relockNewId: z.boolean(),
  /** How an empty errorCode and errorMessage look: nothing, or two quote characters. */
  emptyErrorString: z.enum(['', '""']),
  /** As what a session of a role becomes holder; `platformId` is an id that STS never tells. */
  roleSessionHolderFormat: z.enum(['principalId', 'roleId', 'session', 'platformId']),
  /** Milliseconds by which lists and readings of a draft show locks late; what getLock answers is never late. */
  readLagMs: z.int().min(0).max(600_000),
})
export type Switches = z.output<typeof Switches>

export const SwitchesChange = Switches.partial()
export type SwitchesChange = z.input<typeof SwitchesChange>

/** As the evidence points, and else the simplest. */
export const defaultSwitches: Switches = {
  takeover: 'seize',
  refuseCarriesData: false,
  updateGuard: 'off',
  listIncludesLock: true,
  unlockedShape: 'null',
  createLocks: false,
  relockNewId: false,
  emptyErrorString: '',
  roleSessionHolderFormat: 'principalId',
  readLagMs: 0,
}

function named(value: unknown): unknown {
  if (value === null) return 'null'
  return typeof value === 'object' && Object.keys(value).length === 0 ? '{}' : value
}
