/** Electron's event object: `preventDefault()` stops what the event announces. */
export interface StandInEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** A new event object, with `details` as further properties. */
export function newEvent<T extends object>(details: T = {} as T): StandInEvent & T {
  return Object.assign(
    {
      defaultPrevented: false,
      preventDefault(this: StandInEvent) {
        this.defaultPrevented = true;
      },
    },
    details,
  );
}
