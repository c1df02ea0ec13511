import {
  Avatar,
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { ChevronDownRegular, KeyRegular, PeopleRegular, PeopleSwapRegular } from '@fluentui/react-icons';
import { FormattedMessage } from 'react-intl';
import { changeOwnPassword } from '../screens/people/own-password.tsx';
import { navigate, switchPerson } from '../stores/draft-store.ts';
import { useMirror } from '../stores/mirror-store.ts';
import { useMay } from '../stores/rights.ts';
import { roleLabels } from '../text/people-labels.ts';
import { useHiddenStyles } from './visually-hidden.ts';

const useStyles = makeStyles({
  button: { padding: '2px 6px', height: '44px', minWidth: 0, fontWeight: tokens.fontWeightRegular },
  row: { display: 'flex', alignItems: 'center', gap: '8px', textAlign: 'left' },
  words: { display: 'flex', flexDirection: 'column', lineHeight: tokens.lineHeightBase200, maxWidth: '200px' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  role: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** Who is working, in which role, and how somebody else takes over. */
export function PersonLabel() {
  const hidden = useHiddenStyles();
  const styles = useStyles();
  const person = useMirror((mirror) => mirror.person);
  const mayManage = useMay('people.add');
  const { displayName, hasPassword } = person;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" className={styles.button}>
          <span className={styles.row}>
            <Avatar name={displayName} size={28} color="brand" aria-hidden />
            <span className={styles.words}>
              <Text size={200} weight="semibold" className={styles.name}>
                {displayName}
              </Text>
              <Text className={styles.role}>
                <FormattedMessage id={roleLabels[person.role]} />
              </Text>
            </span>
            <span className={hidden.hidden}>
              <FormattedMessage id="person.menu" />
            </span>
            <ChevronDownRegular />
          </span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {hasPassword && (
            <MenuItem icon={<PeopleSwapRegular />} onClick={switchPerson}>
              <FormattedMessage id="people.switch" />
            </MenuItem>
          )}
          <MenuItem icon={<KeyRegular />} onClick={changeOwnPassword}>
            <FormattedMessage id={hasPassword ? 'password.change' : 'password.first'} />
          </MenuItem>
          {mayManage && (
            <MenuItem icon={<PeopleRegular />} onClick={() => navigate({ name: 'settings' })}>
              <FormattedMessage id="people.manage" />
            </MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
