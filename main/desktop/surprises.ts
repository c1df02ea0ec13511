/** What a person wants after something went wrong that nobody expected. */
export type WayOn = 'save-report' | 'go-on' | 'quit';

export interface Surprises {
  /** Something threw where nothing should: what main holds can no longer be trusted, so it ends. */
  uncaught(error: unknown): void;
  /** A promise was rejected that nobody waited for: the work it belonged to is undone, the rest goes on. */
  unhandled(cause: unknown): void;
}

/**
 * Tells a person, once, that something went wrong which no words of the catalogues explain, and offers a report. The
 * question comes once for each kind, however many errors follow; all of them are in the log. What is written is written
 * in transactions, so that ending at any moment leaves nothing half done.
 */
export function createSurprises(options: {
  readonly log: (event: 'fatal' | 'unhandled rejection', thrown: unknown) => void;
  /** Asks; `go-on` is offered only where that is safe. */
  readonly ask: (how: { readonly mayGoOn: boolean }) => Promise<WayOn>;
  readonly saveReport: () => Promise<unknown>;
  /** Ends the app in order, with exit code 1. */
  readonly end: () => void;
}): Surprises {
  let ending = false;
  let told = false;

  const untilDecided = async (mayGoOn: boolean): Promise<WayOn> => {
    const way = await options.ask({ mayGoOn });
    if (way !== 'save-report') return way;
    await options.saveReport();
    // One report is enough: the question has been answered.
    return mayGoOn ? 'go-on' : 'quit';
  };

  return {
    uncaught(error) {
      options.log('fatal', error);
      if (ending) return;
      ending = true;
      untilDecided(false)
        .catch((cause: unknown) => options.log('fatal', cause))
        .finally(options.end);
    },
    unhandled(cause) {
      options.log('unhandled rejection', cause);
      if (told || ending) return;
      told = true;
      untilDecided(true)
        .then((way) => way === 'quit' && options.end())
        .catch((failure: unknown) => options.log('unhandled rejection', failure));
    },
  };
}
