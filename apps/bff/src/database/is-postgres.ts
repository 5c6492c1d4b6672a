/** Which of the two stores `LOCKDESK_DATABASE_URL` names. */
export const isPostgres = (url: string): boolean => /^postgres(ql)?:/i.test(url)
