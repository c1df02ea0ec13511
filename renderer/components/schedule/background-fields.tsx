import { Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { call } from '../../bridge/client.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useMay } from '../../stores/rights.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { useAction } from '../use-action.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '4px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  second: { marginLeft: '28px' },
});

/** What schedules need of this computer, said plainly, and what helps: the tray, and the start at login. */
export function BackgroundFields() {
  const intl = useIntl();
  const styles = useStyles();
  const { stayInTray, startAtLogin, canStartAtLogin } = useMirror((mirror) => mirror.settings);
  const mayChange = useMay('schedules.setBackground');
  const change = useAction(async (wish: { stayInTray?: boolean; startAtLogin?: boolean }) => {
    await call('schedules.setBackground', wish);
  });
  return (
    <div className={styles.stack}>
      <Text className={styles.quiet}>
        <FormattedMessage id="background.when" />
      </Text>
      <Checkbox
        checked={stayInTray}
        disabled={!mayChange}
        label={intl.formatMessage({ id: 'background.tray' })}
        onChange={(_, { checked }) => void change.run({ stayInTray: checked === true })}
      />
      {stayInTray && (
        <Checkbox
          className={styles.second}
          checked={startAtLogin}
          disabled={!canStartAtLogin || !mayChange}
          label={intl.formatMessage({ id: canStartAtLogin ? 'background.login' : 'background.login.unavailable' })}
          onChange={(_, { checked }) => void change.run({ startAtLogin: checked === true })}
        />
      )}
      <ErrorNotice error={change.error} />
    </div>
  );
}
