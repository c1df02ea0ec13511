import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  BeakerRegular,
  DocumentTableRegular,
  PlugConnectedRegular,
  ShieldCheckmarkRegular,
} from '@fluentui/react-icons';
import { FormattedMessage } from 'react-intl';
import { BrandMark } from '../../components/brand-mark.tsx';
import { NoticeBar } from '../../components/notice-bar.tsx';
import { ScreenTitle } from '../../components/screen-title.tsx';
import { navigate } from '../../stores/draft-store.ts';
import { LanguageSwitch } from '../settings/language-switch.tsx';

const useStyles = makeStyles({
  scroll: { height: '100%', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground1 },
  column: {
    maxWidth: '888px',
    minHeight: '100%',
    boxSizing: 'border-box',
    margin: '0 auto',
    padding: '32px',
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    gap: '24px',
  },
  head: { display: 'flex', alignItems: 'center', gap: '20px' },
  points: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '14px' },
  point: { display: 'flex', gap: '14px', alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: '24px', lineHeight: 0, color: tokens.colorBrandForeground1, marginTop: '1px' },
  ways: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(340px, 1fr))', gap: '16px' },
  way: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    justifyContent: 'space-between',
    padding: '20px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  begin: { minHeight: '44px' },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** The first thing a person sees: what Segue does, and the two ways to begin. */
export function WelcomeScreen() {
  const styles = useStyles();
  return (
    <div className={styles.scroll}>
      <NoticeBar />
      <div className={styles.column}>
        <div className={styles.head}>
          <BrandMark size={64} />
          <ScreenTitle large>
            <FormattedMessage id="welcome.title" />
          </ScreenTitle>
        </div>
        <ul className={styles.points}>
          <li className={styles.point}>
            <DocumentTableRegular className={styles.icon} />
            <Text size={400}>
              <FormattedMessage id="welcome.point.drop" />
            </Text>
          </li>
          <li className={styles.point}>
            <PlugConnectedRegular className={styles.icon} />
            <Text size={400}>
              <FormattedMessage id="welcome.point.account" />
            </Text>
          </li>
          <li className={styles.point}>
            <ShieldCheckmarkRegular className={styles.icon} />
            <Text size={400}>
              <FormattedMessage id="welcome.point.private" />
            </Text>
          </li>
        </ul>
        <div className={styles.ways}>
          <div className={styles.way}>
            <Text className={styles.hint}>
              <FormattedMessage id="welcome.connect.hint" />
            </Text>
            <Button
              className={styles.begin}
              appearance="primary"
              icon={<PlugConnectedRegular />}
              onClick={() => navigate({ name: 'new-connection', kind: 'constant-contact' })}
            >
              <FormattedMessage id="welcome.connect" />
            </Button>
          </div>
          <div className={styles.way}>
            <Text className={styles.hint}>
              <FormattedMessage id="welcome.practice.hint" />
            </Text>
            <Button
              className={styles.begin}
              icon={<BeakerRegular />}
              onClick={() => navigate({ name: 'new-connection', kind: 'practice' })}
            >
              <FormattedMessage id="welcome.practice" />
            </Button>
          </div>
        </div>
        <LanguageSwitch />
      </div>
    </div>
  );
}
