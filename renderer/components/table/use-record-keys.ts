import { type KeyboardEvent, useState } from 'react';

interface RecordKeys {
  readonly count: number;
  readonly onOpenMenu: (index: number, row: HTMLElement) => void;
  readonly onChoose: (index: number) => void;
  /** Both rows and all between them. */
  readonly onChooseSpan: (from: number, to: number) => void;
  readonly onChooseNone: () => void;
  readonly onChooseAll: () => void;
  /** Answers whether there was something to do. */
  readonly onShortcut: (index: number, key: 'Enter' | 'Delete') => boolean;
}

/** By how many rows each key goes; what is beyond an end is that end. */
const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Moves the focus over a table's rows: one of them is reached with Tab, the others from it with the arrow keys. */
export function useRecordKeys(keys: RecordKeys): {
  rowProps(index: number): {
    tabIndex: number;
    onFocus: () => void;
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
} {
  const [current, setCurrent] = useState(0);
  const reachable = Math.min(current, Math.max(0, keys.count - 1));

  const goTo = (from: HTMLElement, index: number): void => {
    const row = from.parentElement?.children[Math.min(Math.max(index, 0), keys.count - 1)];
    if (row instanceof HTMLElement) row.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLElement>, index: number): boolean => {
    const { key } = event;
    const menuKey = key === 'ContextMenu' || (key === 'F10' && event.shiftKey);
    if (menuKey) {
      keys.onOpenMenu(index, event.currentTarget);
      return true;
    }
    // Keys pressed on what stands in a cell are for that.
    if (event.target !== event.currentTarget) return false;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'a') keys.onChooseAll();
    else if (key in steps) {
      const target = Math.min(Math.max(index + (steps[key] ?? 0), 0), keys.count - 1);
      if (event.shiftKey) keys.onChooseSpan(index, target);
      goTo(event.currentTarget, target);
    } else if (key === 'Escape') keys.onChooseNone();
    else if (key === ' ') keys.onChoose(index);
    else if (key === 'Enter' || key === 'Delete') return keys.onShortcut(index, key);
    else return false;
    return true;
  };
  return {
    rowProps: (index) => ({
      tabIndex: index === reachable ? 0 : -1,
      onFocus: () => setCurrent(index),
      onKeyDown: (event) => {
        if (onKey(event, index)) event.preventDefault();
      },
    }),
  };
}
