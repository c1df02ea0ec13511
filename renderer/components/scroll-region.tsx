import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  region: {
    overflow: 'auto',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

interface ScrollRegionProps {
  readonly label: string;
  /** In pixels; what is longer scrolls. */
  readonly maxHeight: number;
  readonly children: ReactNode;
}

/** A part of a screen that scrolls by itself, by keyboard too: it takes the focus and has a name. */
export function ScrollRegion({ label, maxHeight, children }: ScrollRegionProps) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div role="group" aria-label={label} tabIndex={0} className={styles.region} style={{ maxHeight }}>
      {children}
    </div>
  );
}
