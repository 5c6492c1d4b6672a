import { z } from 'zod'

/** Somebody with an account in Lockdesk. Never a holder: whom the cloud names is a {@link Holder}. */
export const Person = z.object({ id: z.string(), name: z.string() })
export type Person = z.infer<typeof Person>

/** `viewer` sees; `editor` takes free locks and, where the policy is soft, takes over; `admin` does everything. */
export const Role = z.enum(['viewer', 'editor', 'admin'])
export type Role = z.infer<typeof Role>

/** One role in every namespace that matches; `*` matches any text, so `*-prod` is a family and `*` the whole. */
export const Binding = z.object({ workspace: z.string(), namespace: z.string(), role: Role })
export type Binding = z.infer<typeof Binding>
