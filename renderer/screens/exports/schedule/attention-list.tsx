import {
  Button,
  Link,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarGroup,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { AttentionView } from '../../../../preload/contract/views.ts';
import { call } from '../../../bridge/client.ts';
import { useMirror } from '../../../stores/mirror-store.ts';
import { type ErrorAction, errorActions, errorKey, unnamed } from '../../../text/error-words.ts';
import { useFormat } from '../../../text/use-format.ts';

/** More are behind a button: the list of exports is what the screen is about. */
const shownAtFirst = 3;

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: '8px', marginBottom: '12px' },
  more: { alignSelf: 'flex-start' },
  title: { display: 'block' },
});

const leads = {
  skipped: 'attention.skipped',
  failed: 'attention.failed',
  foreseen: 'attention.foreseen',
} as const;

interface AttentionListProps {
  readonly mayManage: (exportId: string) => boolean;
  /** What can be done about an error of an export, from the list of exports. */
  readonly actionsFor: (item: AttentionView) => Partial<Record<ErrorAction, () => void>>;
}

/** What schedules could not do by themselves, or will not be able to: one line each, with what helps. */
export function AttentionList({ mayManage, actionsFor }: AttentionListProps) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const attention = useMirror((mirror) => mirror.schedules.attention);
  const [all, setAll] = useState(false);
  if (attention.length === 0) return null;
  const shown = all ? attention : attention.slice(0, shownAtFirst);
  return (
    <section className={styles.list} aria-label={intl.formatMessage({ id: 'attention.title' })} data-testid="attention">
      <MessageBarGroup className={styles.list}>
        {shown.map((item) => {
          const { exportId, exportName: name, dueAt, kind, error } = item;
          const values = { ...unnamed, ...error.params };
          const wanted = errorActions[error.code];
          const act = wanted === null ? undefined : actionsFor(item)[wanted];
          const about = intl.formatMessage({ id: leads[kind] }, { name, time: format.exactTime(dueAt) });
          const dismiss = () => void call('schedules.dismiss', { exportId, dueAt }).catch(() => undefined);
          return (
            <MessageBar
              key={`${exportId} ${dueAt}`}
              intent={kind === 'failed' ? 'error' : 'warning'}
              layout="multiline"
            >
              <MessageBarBody>
                <MessageBarTitle className={styles.title}>{about}</MessageBarTitle>
                {intl.formatMessage(
                  { id: 'attention.why' },
                  {
                    title: intl.formatMessage({ id: errorKey(error.code, 'title') }, values),
                    advice: intl.formatMessage({ id: errorKey(error.code, 'advice') }, values),
                  },
                )}
              </MessageBarBody>
              {mayManage(exportId) && (
                <MessageBarActions
                  containerAction={
                    <Button
                      appearance="transparent"
                      icon={<DismissRegular />}
                      aria-label={intl.formatMessage({ id: 'attention.dismiss' }, { name })}
                      onClick={dismiss}
                    />
                  }
                >
                  {act !== undefined && (
                    <Button size="small" onClick={act}>
                      {intl.formatMessage({ id: errorKey(error.code, 'button') }, values)}
                    </Button>
                  )}
                </MessageBarActions>
              )}
            </MessageBar>
          );
        })}
      </MessageBarGroup>
      {attention.length > shown.length && (
        <Link as="button" className={styles.more} onClick={() => setAll(true)}>
          <FormattedMessage id="attention.more" values={{ count: attention.length - shown.length }} />
        </Link>
      )}
    </section>
  );
}
