import { Dropdown, Field, Input, makeStyles, Option, OptionGroup, Text } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { Section } from '../../components/section.tsx';
import { changeDraft } from '../../stores/draft-store.ts';
import { chooseConnection, type EditedExport } from '../../stores/export-draft.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { kindLabels } from '../../text/labels.ts';
import { useAdministrators } from '../../text/use-administrators.ts';
import { AddConnectionMenu } from '../connections/add-connection-menu.tsx';
import { ListPicker } from './list-picker.tsx';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '14px' },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))', gap: '14px' },
  full: { minWidth: 0, width: '100%' },
});

interface DestinationSectionProps {
  readonly draft: EditedExport;
  /** Name of the first segment, proposed for a new list. */
  readonly segmentName: string;
}

/** Where the segments go: connection, name of the export, list. */
export function DestinationSection({ draft, segmentName }: DestinationSectionProps) {
  const intl = useIntl();
  const styles = useStyles();
  const mountNode = useMainLandmark();
  const all = useMirror((mirror) => mirror.connections);
  const mayAdd = useMirror((mirror) => mirror.person.role === 'administrator');
  const names = useAdministrators();
  const connections = all.filter(({ mayUse }) => mayUse);
  const kinds = [...new Set(connections.map(({ kind }) => kind))].sort();
  const chosen = connections.find((connection) => connection.connectionId === draft.connectionId);
  return (
    <Section title={<FormattedMessage id="export.section.destination" />} anchor="export-destination">
      <div className={styles.stack}>
        <div className={styles.pair}>
          {connections.length === 0 ? (
            <Field label={intl.formatMessage({ id: 'export.connection' })}>
              {mayAdd ? (
                <div>
                  <AddConnectionMenu primary={false} />
                </div>
              ) : (
                <Text>
                  <FormattedMessage id="export.connection.ask-whom" values={{ names }} />
                </Text>
              )}
            </Field>
          ) : (
            <Field required label={intl.formatMessage({ id: 'export.connection' })}>
              <Dropdown
                mountNode={mountNode}
                className={styles.full}
                placeholder={intl.formatMessage({ id: 'export.connection.choose' })}
                value={chosen?.displayName ?? ''}
                selectedOptions={chosen === undefined ? [] : [chosen.connectionId]}
                onOptionSelect={(_, data) => {
                  const connectionId = data.optionValue ?? null;
                  changeDraft((edited) => chooseConnection(edited, connectionId));
                }}
              >
                {kinds.map((kind) => (
                  <OptionGroup key={kind} label={intl.formatMessage({ id: kindLabels[kind] })}>
                    {connections
                      .filter((connection) => connection.kind === kind)
                      .map(({ connectionId, displayName }) => (
                        <Option key={connectionId} value={connectionId}>
                          {displayName}
                        </Option>
                      ))}
                  </OptionGroup>
                ))}
              </Dropdown>
            </Field>
          )}
          <Field required label={intl.formatMessage({ id: 'export.name' })}>
            <Input
              value={draft.name}
              maxLength={255}
              placeholder={intl.formatMessage({ id: 'export.name.placeholder' })}
              onChange={(_, data) => changeDraft((edited) => ({ ...edited, name: data.value, nameTyped: true }))}
            />
          </Field>
        </div>
        <ListPicker draft={draft} proposedName={segmentName} />
      </div>
    </Section>
  );
}
