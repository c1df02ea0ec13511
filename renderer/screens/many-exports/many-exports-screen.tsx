import { Button, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { ArrowUndoRegular, CheckmarkRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Modal } from '../../components/modal.tsx';
import { Page } from '../../components/page.tsx';
import { useAction } from '../../components/use-action.ts';
import { navigate } from '../../stores/draft-store.ts';
import { planExports } from '../../stores/many-exports.ts';
import {
  cancelMaking,
  closeMany,
  makeExports,
  today,
  undoMade,
  useManyStore,
} from '../../stores/many-exports-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { useUiStore } from '../../stores/ui-store.ts';
import { share } from '../../text/format.ts';
import { ManyTable } from './many-table.tsx';
import { RowMatching } from './row-matching.tsx';
import { SharedSettings } from './shared-settings.tsx';

const useStyles = makeStyles({
  parts: { display: 'flex', flexDirection: 'column', gap: '16px' },
  foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 12px' },
  progress: { flex: '1 1 200px', display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  note: { flex: '1 1 200px', color: tokens.colorNeutralForeground2 },
});

/** Several segments, an export each: what they share, what each is called and where it goes, and what became of it. */
export function ManyExportsScreen() {
  const intl = useIntl();
  const styles = useStyles();
  const segments = useMirror((mirror) => mirror.segments);
  const exports = useMirror((mirror) => mirror.exports);
  const { many, lists, made, failed, making } = useManyStore();
  const [matching, setMatching] = useState<string | null>(null);
  const undo = useAction(undoMade);
  // Signing in again leads away and back; any other way out is an end.
  useEffect(
    () => () => {
      if (useUiStore.getState().view.name !== 'sign-in-again') closeMany();
    },
    [],
  );
  useEffect(() => {
    if (many === null) navigate({ name: 'exports' });
  }, [many]);
  if (many === null) return null;

  const own = new Set(Object.values(made).map(({ exportId }) => exportId));
  const others = exports.filter(({ exportId }) => !own.has(exportId));
  const planned = planExports(many, { segments, exports: others, lists, today: today() });
  const open = planned.filter(({ row }) => row.included && made[row.segmentId] === undefined);
  const blocked = open.filter(({ problem }) => problem !== null && problem !== 'reading');
  const madeCount = own.size;
  const opened = planned.find(({ row }) => row.segmentId === matching);

  return (
    <Page
      title={intl.formatMessage({ id: 'many.title' }, { count: many.rows.length })}
      description={<FormattedMessage id="many.description" />}
      footer={
        <div className={styles.foot}>
          {making === null ? (
            <Text className={styles.note} role="status">
              {madeCount > 0 ? (
                <FormattedMessage id="many.some-made" values={{ made: madeCount, left: open.length }} />
              ) : blocked.length > 0 ? (
                <FormattedMessage
                  id="many.blocked"
                  values={{
                    count: blocked.length,
                    names: intl.formatList(
                      blocked.map(({ segment }) => segment?.name ?? ''),
                      { type: 'unit' },
                    ),
                  }}
                />
              ) : (
                <FormattedMessage id="many.sends-nothing" />
              )}
            </Text>
          ) : (
            <div className={styles.progress}>
              <ProgressBar
                aria-label={intl.formatMessage({ id: 'many.making' })}
                value={share(making.place - 1, making.total)}
              />
              <Text size={200} role="status">
                <FormattedMessage id="many.progress" values={{ place: making.place, total: making.total }} />
              </Text>
            </div>
          )}
          {madeCount > 0 && making === null && (
            <Button icon={<ArrowUndoRegular />} disabledFocusable={undo.pending} onClick={() => void undo.run()}>
              <FormattedMessage id="many.undo" values={{ count: madeCount }} />
            </Button>
          )}
          <Button
            appearance="primary"
            icon={<CheckmarkRegular />}
            disabled={open.length === 0 || blocked.length > 0}
            disabledFocusable={making !== null}
            onClick={() => void makeExports()}
          >
            <FormattedMessage id="many.make" values={{ count: open.length }} />
          </Button>
          <Button onClick={() => (making === null ? navigate({ name: 'exports' }) : cancelMaking())}>
            <FormattedMessage id={madeCount > 0 && making === null ? 'action.close' : 'action.cancel'} />
          </Button>
        </div>
      }
    >
      <div className={styles.parts}>
        <SharedSettings many={many} disabled={making !== null || madeCount > 0} />
        <ManyTable
          planned={planned}
          lists={lists}
          made={made}
          failed={failed}
          makingId={making?.segmentId ?? null}
          onMatch={setMatching}
        />
      </div>
      <Modal onClose={() => setMatching(null)}>
        {opened === undefined ? null : <RowMatching planned={opened} onDone={() => setMatching(null)} />}
      </Modal>
    </Page>
  );
}
