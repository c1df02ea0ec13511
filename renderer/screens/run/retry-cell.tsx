import { Button, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { RejectedRowView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../components/use-action.ts';

const useStyles = makeStyles({
  cell: { display: 'flex', flexWrap: 'wrap', gap: '4px', alignItems: 'center' },
  input: { minWidth: '180px', flex: '1 1 180px' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  wrong: { color: tokens.colorStatusDangerForeground1, flexBasis: '100%' },
});

type Decision = Pick<RejectedRowView, 'retry' | 'mendedTo'>;

/** What becomes of one rejected row: mended in place it joins the next run, dismissed it stays away. */
export function RetryCell(props: {
  readonly runId: string;
  readonly row: RejectedRowView;
  readonly onDecided: (decision: Decision) => void;
}) {
  const { runId, row, onDecided } = props;
  const { rowId } = row;
  const intl = useIntl();
  const styles = useStyles();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const mend = useAction(async () => {
    const { answer } = await call('runs.mendRow', { runId, rowId, email: typed ?? '' });
    setWrong(answer === 'wrong');
    if (answer === 'wrong') return;
    onDecided({ retry: 'mended', mendedTo: (typed ?? '').trim().toLowerCase() });
    setTyped(null);
  });
  const dismiss = useAction(async () => {
    await call('runs.mendRow', { runId, rowId, email: null });
    onDecided({ retry: 'dismissed', mendedTo: null });
  });
  const takeBack = useAction(async () => {
    await call('runs.unmendRow', { runId, rowId });
    onDecided({ retry: 'waiting', mendedTo: null });
  });
  const named = (id: 'retry.mend-named' | 'retry.dismiss-named' | 'retry.take-back-named' | 'retry.address-named') =>
    intl.formatMessage({ id }, { row: row.rowNumber });
  const error = <ErrorNotice error={mend.error ?? dismiss.error ?? takeBack.error} />;

  if (typed !== null) {
    return (
      <form
        className={styles.cell}
        onSubmit={(event) => {
          event.preventDefault();
          void mend.run();
        }}
      >
        <Input
          autoFocus
          size="small"
          className={styles.input}
          value={typed}
          aria-label={named('retry.address-named')}
          aria-invalid={wrong}
          onChange={(_, { value }) => setTyped(value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setTyped(null);
          }}
        />
        <Button
          type="submit"
          size="small"
          appearance="primary"
          icon={<CheckmarkRegular />}
          disabledFocusable={mend.pending}
          aria-label={intl.formatMessage({ id: 'retry.keep' })}
        />
        <Button
          size="small"
          icon={<DismissRegular />}
          aria-label={intl.formatMessage({ id: 'action.cancel' })}
          onClick={() => setTyped(null)}
        />
        {wrong && (
          <Text size={200} role="alert" className={styles.wrong}>
            <FormattedMessage id="retry.wrong" />
          </Text>
        )}
        {error}
      </form>
    );
  }
  if (row.retry === 'sent') {
    return (
      <Text size={200} className={styles.quiet}>
        <FormattedMessage id="retry.sent" />
      </Text>
    );
  }
  return (
    <div className={styles.cell}>
      {row.retry === 'waiting' ? (
        <>
          <Button
            size="small"
            aria-label={named('retry.mend-named')}
            onClick={() => {
              setWrong(false);
              setTyped(row.cells.find((cell) => cell?.includes('@')) ?? '');
            }}
          >
            <FormattedMessage id="retry.mend" />
          </Button>
          <Button
            size="small"
            appearance="subtle"
            aria-label={named('retry.dismiss-named')}
            disabledFocusable={dismiss.pending}
            onClick={() => void dismiss.run()}
          >
            <FormattedMessage id="retry.dismiss" />
          </Button>
        </>
      ) : (
        <>
          <Text size={200} className={styles.quiet}>
            {row.retry === 'dismissed' ? (
              <FormattedMessage id="retry.dismissed" />
            ) : (
              <FormattedMessage id="retry.mended" values={{ email: row.mendedTo ?? '' }} />
            )}
          </Text>
          <Button
            size="small"
            appearance="subtle"
            aria-label={named('retry.take-back-named')}
            disabledFocusable={takeBack.pending}
            onClick={() => void takeBack.run()}
          >
            <FormattedMessage id="retry.take-back" />
          </Button>
        </>
      )}
      {error}
    </div>
  );
}
