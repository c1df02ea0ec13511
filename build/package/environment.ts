/** Variables that packing, signing and notarizing read. */
const ours = /^(SEGUE|CSC|WIN_CSC|APPLE|AZURE)_/;

/**
 * Takes away what is set to nothing. A workflow hands a secret that its project does not have over as an empty text, and
 * electron-builder takes that for the place of a certificate: it would fail instead of leaving the package unsigned.
 */
export function dropEmpty(env: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(env)) if (ours.test(name) && value === '') delete env[name];
}
