import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useIntl } from 'react-intl';
import { dismissNotice, useUiStore } from '../stores/ui-store.ts';

const useStyles = makeStyles({
  bar: { borderRadius: 0, borderLeftStyle: 'none', borderRightStyle: 'none', borderTopStyle: 'none' },
});

/** What has just been done. A live region that is always there, so that screen readers say it when it fills. */
export function NoticeBar() {
  const intl = useIntl();
  const styles = useStyles();
  const notice = useUiStore((state) => state.notice);
  const action = notice?.action;
  return (
    <div role="status">
      {notice !== null && (
        <MessageBar intent={notice.intent ?? 'success'} className={styles.bar} politeness="polite">
          <MessageBarBody>{intl.formatMessage({ id: notice.id }, { ...notice.values })}</MessageBarBody>
          <MessageBarActions
            containerAction={
              <Button
                appearance="transparent"
                icon={<DismissRegular />}
                aria-label={intl.formatMessage({ id: 'action.dismiss' })}
                onClick={dismissNotice}
              />
            }
          >
            {action !== undefined && (
              <Button
                size="small"
                onClick={() => {
                  dismissNotice();
                  action.act();
                }}
              >
                {intl.formatMessage({ id: action.label })}
              </Button>
            )}
          </MessageBarActions>
        </MessageBar>
      )}
    </div>
  );
}
