/** An autostart entry of Linux desktops (Desktop Entry Specification 1.5) that starts a program with arguments. */
export function autostartEntry(name: string, program: string, args: readonly string[]): string {
  // The value is unescaped twice: as a string of the file, and as a quoted argument. `%` begins a field code.
  const quoted = `"${program.replace(/["`$\\]/g, '\\$&')}"`.replaceAll('\\', '\\\\').replaceAll('%', '%%');
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${name}`,
    `Exec=${[quoted, ...args].join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
