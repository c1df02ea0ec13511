/** Whether a person could see a window: macOS and Windows always, Linux with an X11 or Wayland display. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== 'linux') return env.SEGUE_STAND_IN_HEADLESS !== '1';
  if (env.SEGUE_STAND_IN_HEADLESS === '1') return false;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** Whether a process with this id exists, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
