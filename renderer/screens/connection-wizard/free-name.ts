/** `proposed`, or with the first number behind it that makes it a name nobody has. */
export function freeName(proposed: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.trim().toLocaleLowerCase()));
  let name = proposed;
  for (let number = 2; used.has(name.toLocaleLowerCase()); number += 1) name = `${proposed} ${number}`;
  return name;
}
