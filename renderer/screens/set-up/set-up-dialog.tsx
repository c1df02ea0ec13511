import {
  Badge,
  Button,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SetUpItem, SetUpPart, SetUpView } from '../../../preload/contract/views.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { useAction } from '../../components/use-action.ts';
import { callConfirmed } from '../../stores/password-question.ts';
import { closeSetUp, useSetUpStore } from '../../stores/set-up-store.ts';
import { notify, show } from '../../stores/ui-store.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '12px' },
  items: { padding: '4px 8px' },
  part: { margin: '8px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 8px' },
  name: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  statement: {
    display: 'block',
    whiteSpace: 'pre-line',
    padding: '8px 12px',
    maxHeight: '120px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

const looks = { new: 'success', changed: 'warning', same: 'subtle' } as const;

function Item(props: { readonly item: SetUpItem; readonly chosen: boolean; readonly onChosen: (on: boolean) => void }) {
  const { item, chosen, onChosen } = props;
  const intl = useIntl();
  const styles = useStyles();
  const changes = item.changes.map((change) => intl.formatMessage({ id: `set-up.change.${change}` }));
  return (
    <li className={styles.item}>
      <Checkbox
        checked={chosen}
        disabled={item.state === 'same'}
        label={{ children: item.name, className: styles.name }}
        onChange={(_, data) => onChosen(data.checked === true)}
      />
      <Badge appearance="tint" color={looks[item.state]}>
        <FormattedMessage id={`set-up.state.${item.state}`} />
      </Badge>
      {changes.length > 0 && (
        <Text size={200} className={styles.quiet}>
          {intl.formatList(changes, { type: 'conjunction' })}
        </Text>
      )}
    </li>
  );
}

/** What a set-up file would change, to be chosen from. What is here already is only written over when it is ticked. */
function Question({ view }: { readonly view: SetUpView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(view.items.filter(({ state }) => state === 'new').map(({ itemId }) => itemId)),
  );
  const [agreed, setAgreed] = useState(false);
  const needsAgreement = view.items.some(
    ({ itemId, part, state }) => part === 'connections' && state === 'new' && chosen.has(itemId),
  );
  const open = useAction(async () => {
    const { setUpId } = view;
    const { taken, toSignIn, toRead } = await callConfirmed('setUp.open', {
      setUpId,
      itemIds: [...chosen],
      agreedToPrivacy: agreed,
    });
    closeSetUp();
    show({ name: toSignIn.length > 0 ? 'connections' : 'exports' });
    notify('set-up.opened', { taken, toSignIn: toSignIn.length, toRead });
  });
  const choose = (itemId: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(itemId);
    else next.delete(itemId);
    setChosen(next);
  };
  const parts = [...new Set(view.items.map(({ part }) => part))];
  const ofPart = (part: SetUpPart) => view.items.filter((item) => item.part === part);
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="set-up.dialog.title" />
      </DialogTitle>
      <DialogContent className={styles.stack}>
        <Text>
          <FormattedMessage
            id="set-up.dialog.text"
            values={{ file: view.fileName, time: format.exactTime(view.savedAt) }}
          />
        </Text>
        {view.items.length > 0 && (
          <ScrollRegion label={intl.formatMessage({ id: 'set-up.dialog.items' })} maxHeight={280}>
            <div className={styles.items}>
              {parts.map((part) => (
                <section key={part} aria-label={intl.formatMessage({ id: `set-up.part.${part}` })}>
                  <h3 className={styles.part}>
                    <FormattedMessage id={`set-up.part.${part}`} />
                  </h3>
                  <ul className={styles.list}>
                    {ofPart(part).map((item) => (
                      <Item
                        key={item.itemId}
                        item={item}
                        chosen={chosen.has(item.itemId)}
                        onChosen={(on) => choose(item.itemId, on)}
                      />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          </ScrollRegion>
        )}
        {needsAgreement && (
          <>
            <Text size={200} className={styles.statement} id="set-up-statement">
              <FormattedMessage id="connection.privacy.statement" />
            </Text>
            <Checkbox
              required
              checked={agreed}
              aria-describedby="set-up-statement"
              label={intl.formatMessage({ id: 'connection.privacy.agree' })}
              onChange={(_, data) => setAgreed(data.checked === true)}
            />
          </>
        )}
        <ErrorNotice error={open.error} />
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          disabledFocusable={open.pending || chosen.size === 0 || (needsAgreement && !agreed)}
          onClick={() => void open.run()}
        >
          <FormattedMessage id="set-up.dialog.open" values={{ count: chosen.size }} />
        </Button>
        <Button onClick={closeSetUp}>
          <FormattedMessage id="action.cancel" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

function Refused() {
  const error = useSetUpStore((state) => state.error);
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="set-up.title" />
      </DialogTitle>
      <DialogContent>
        <ErrorNotice error={error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={closeSetUp}>
          <FormattedMessage id="action.close" />
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

/** Over whatever screen is shown: a set-up may be opened from the menu, the settings, or by dropping its file. */
export function SetUpDialog() {
  const view = useSetUpStore((state) => state.view);
  const error = useSetUpStore((state) => state.error);
  const question = view === null ? null : <Question key={view.setUpId} view={view} />;
  return <Modal onClose={closeSetUp}>{question ?? (error === null ? null : <Refused />)}</Modal>;
}
