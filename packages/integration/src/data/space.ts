// Whose data is whose: of an application, whichever worker has its code, or of one worker; of one user, or of all.

export function spaceOf(
  worker: string,
  { application, user }: { readonly application: string | null; readonly user: string | null },
): string {
  const owner =
    application === null ? `worker/${encodeURIComponent(worker)}` : `application/${encodeURIComponent(application)}`;
  return user === null ? `${owner}/all` : `${owner}/user/${encodeURIComponent(user)}`;
}
