import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { ArrowUploadRegular, DocumentAddRegular } from '@fluentui/react-icons';
import type { ChangeEvent } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { useHiddenStyles } from '../../components/visually-hidden.ts';
import type { EditedExport } from '../../stores/export-draft.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { SegmentCard } from './segment-card.tsx';
import { addFiles, chooseFiles, useFilesStore } from './segment-files.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  drop: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '8px 16px',
    padding: '20px',
    marginTop: '10px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
  },
  icon: { fontSize: '24px', lineHeight: 0, color: tokens.colorBrandForeground1 },
});

/** The segment files: dropped, chosen in the system's dialog, or through a file field. */
export function SegmentsSection({ draft }: { readonly draft: EditedExport }) {
  const intl = useIntl();
  const styles = useStyles();
  const hidden = useHiddenStyles();
  const segments = useMirror((mirror) => mirror.segments);
  const { error, withoutPath, pending } = useFilesStore();
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    if (files.length > 0) void addFiles(files);
    event.target.value = '';
  };
  return (
    <Section
      title={<FormattedMessage id="segments.title" />}
      description={<FormattedMessage id="segments.description" />}
      anchor="export-segments"
    >
      {draft.segments.length > 0 && (
        <ul className={styles.list}>
          {draft.segments.map(({ segmentId }) => (
            <li key={segmentId}>
              <SegmentCard segmentId={segmentId} segment={segments[segmentId]} />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.drop}>
        <ArrowUploadRegular className={styles.icon} />
        <Text>
          <FormattedMessage id="segments.drop-anywhere" />
        </Text>
        <Button
          icon={pending ? <Spinner size="extra-tiny" aria-hidden /> : <DocumentAddRegular />}
          disabledFocusable={pending}
          onClick={() => void chooseFiles()}
        >
          <FormattedMessage id="segments.choose" />
        </Button>
        <input
          type="file"
          multiple
          tabIndex={-1}
          className={hidden.hidden}
          aria-label={intl.formatMessage({ id: 'segments.file-field' })}
          data-testid="segment-file-input"
          onChange={chosen}
        />
      </div>
      {withoutPath !== null && <ErrorNotice error={{ code: 'segment.not-a-file', params: { file: withoutPath } }} />}
      <ErrorNotice error={error} actions={{ 'choose-files': () => void chooseFiles() }} />
    </Section>
  );
}
