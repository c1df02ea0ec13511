import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';

const useStyles = makeStyles({
  row: { display: 'inline-flex', alignItems: 'center', gap: '10px' },
  number: {
    display: 'inline-grid',
    placeItems: 'center',
    width: '24px',
    height: '24px',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    fontSize: tokens.fontSizeBase200,
    boxSizing: 'border-box',
  },
  done: { color: tokens.colorStatusSuccessForeground1, fontSize: '24px' },
});

interface StepTitleProps {
  readonly number: number;
  readonly done: boolean;
  readonly children: ReactNode;
}

/** A step's title with its number, or with a tick once it is done. */
export function StepTitle({ number, done, children }: StepTitleProps) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <span className={styles.row}>
      {done ? (
        <CheckmarkCircleFilled className={styles.done} aria-label={intl.formatMessage({ id: 'step.done' })} />
      ) : (
        <span className={mergeClasses(styles.number)} aria-hidden>
          {number}
        </span>
      )}
      {children}
    </span>
  );
}
