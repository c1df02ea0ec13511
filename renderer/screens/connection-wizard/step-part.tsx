import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';

const useStyles = makeStyles({
  part: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    gap: '8px',
    alignItems: 'start',
    paddingTop: '16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  tick: { fontSize: '24px', lineHeight: 0, color: tokens.colorNeutralForeground3 },
  done: { fontSize: '24px', lineHeight: 0, color: tokens.colorStatusSuccessForeground1 },
  content: { display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start', minWidth: 0 },
});

/** One of the things to be done in a step, with a tick of its own. */
export function StepPart({ done, children }: { readonly done: boolean; readonly children: ReactNode }) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <div className={styles.part}>
      {done ? (
        <CheckmarkCircleFilled className={styles.done} aria-label={intl.formatMessage({ id: 'step.done' })} />
      ) : (
        <CircleRegular className={styles.tick} aria-label={intl.formatMessage({ id: 'step.open' })} />
      )}
      <div className={styles.content}>{children}</div>
    </div>
  );
}
