/**
 * The page of releases that an app's package.json tells of by its `homepage`, or null. Only https: what is offered there
 * is going to be run.
 */
export function releasesPage(manifest: string): string | null {
  const { homepage } = JSON.parse(manifest) as { homepage?: unknown };
  const url = typeof homepage === 'string' ? URL.parse(homepage) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  url.pathname = `${url.pathname.replace(/\/$/, '')}/releases`;
  url.hash = '';
  url.search = '';
  return url.href;
}
