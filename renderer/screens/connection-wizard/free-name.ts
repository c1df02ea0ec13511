/**
 * `proposed`, or with the first number behind it that makes it a name nobody has; shortened where it would be longer than
 * `longest`, in characters.
 */
export function freeName(proposed: string, taken: readonly string[], longest = 100): string {
  const used = new Set(taken.map((name) => name.trim().toLocaleLowerCase()));
  for (let number = 1; ; number += 1) {
    const behind = number === 1 ? '' : ` ${number}`;
    const name = `${proposed.slice(0, longest - behind.length).trimEnd()}${behind}`;
    if (!used.has(name.toLocaleLowerCase())) return name;
  }
}
