import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { call } from '../../bridge/client.ts';
import { adopt } from '../../bridge/connect-stores.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { pageUncovered } from '../../components/page-uncovered.ts';
import { useAction } from '../../components/use-action.ts';
import { openNewExport } from '../../stores/draft-store.ts';
import { openMany } from '../../stores/many-exports-store.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { filesAnswered, useSeveralFilesStore } from '../../stores/several-files-store.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  names: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

type Use = 'export-each' | 'one-export' | 'one-segment' | 'keep';

const forget = (segmentIds: readonly string[]): void => {
  for (const segmentId of segmentIds) void call('segments.remove', { segmentId }).catch(() => undefined);
};

function Question({ segmentIds, inLibrary }: { readonly segmentIds: readonly string[]; readonly inLibrary: boolean }) {
  const intl = useIntl();
  const styles = useStyles();
  const segments = useMirror((mirror) => mirror.segments);
  const [use, setUse] = useState<Use>(inLibrary ? 'keep' : 'export-each');
  const names = segmentIds.flatMap((segmentId) => segments[segmentId]?.fileName ?? []);
  const shown = names.length > 5 ? [...names.slice(0, 4), '…'] : names;
  const goOn = useAction(async () => {
    if (use === 'one-segment') {
      const joined = await call('segments.join', { segmentIds: [...segmentIds] });
      adopt({ segments: [joined] });
      forget(segmentIds);
      filesAnswered();
      if (inLibrary) return;
      await pageUncovered();
      openNewExport([joined.segmentId]);
      return;
    }
    filesAnswered();
    if (use === 'keep') return;
    await pageUncovered();
    if (use === 'one-export') openNewExport([...segmentIds]);
    else openMany(segmentIds, inLibrary ? [] : segmentIds);
  });
  const cancel = (): void => {
    if (!inLibrary) forget(segmentIds);
    filesAnswered();
  };
  const uses: readonly Use[] = inLibrary
    ? ['keep', 'export-each', 'one-export', 'one-segment']
    : ['export-each', 'one-export', 'one-segment'];
  return (
    <DialogBody>
      <DialogTitle>
        <FormattedMessage id="several-files.title" values={{ count: segmentIds.length }} />
      </DialogTitle>
      <DialogContent className={styles.content}>
        <Text className={styles.names}>{intl.formatList(shown, { type: 'unit' })}</Text>
        <RadioGroup
          value={use}
          aria-label={intl.formatMessage({ id: 'several-files.title' }, { count: segmentIds.length })}
          onChange={(_, { value }) => setUse(value as Use)}
        >
          {uses.map((each) => (
            <Radio
              key={each}
              value={each}
              label={intl.formatMessage({ id: `several-files.${each}` }, { count: segmentIds.length })}
            />
          ))}
        </RadioGroup>
        <ErrorNotice error={goOn.error} />
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" disabledFocusable={goOn.pending} onClick={() => void goOn.run()}>
          <FormattedMessage id="action.continue" />
        </Button>
        {!inLibrary && (
          <Button onClick={cancel}>
            <FormattedMessage id="action.cancel" />
          </Button>
        )}
      </DialogActions>
    </DialogBody>
  );
}

/** Several files came in at once: a person says what they are for. They are being read meanwhile. */
export function SeveralFilesDialog() {
  const { segmentIds, inLibrary } = useSeveralFilesStore();
  return (
    <Modal
      onClose={() => {
        if (!inLibrary) forget(segmentIds ?? []);
        filesAnswered();
      }}
    >
      {segmentIds === null ? null : <Question segmentIds={segmentIds} inLibrary={inLibrary} />}
    </Modal>
  );
}
