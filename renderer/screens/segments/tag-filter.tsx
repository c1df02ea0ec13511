import { Dropdown, makeStyles, Option } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import { useMainLandmark } from '../../components/main-landmark.ts';

const useStyles = makeStyles({ dropdown: { minWidth: '180px', maxWidth: '280px' } });

interface TagFilterProps {
  readonly known: readonly string[];
  /** Segments must have all of these. */
  readonly chosen: readonly string[];
  readonly onChoose: (tags: readonly string[]) => void;
}

/** Shows only segments that have the chosen words. */
export function TagFilter({ known, chosen, onChoose }: TagFilterProps) {
  const intl = useIntl();
  const styles = useStyles();
  const mountNode = useMainLandmark();
  return (
    <Dropdown
      className={styles.dropdown}
      mountNode={mountNode}
      multiselect
      clearable
      aria-label={intl.formatMessage({ id: 'tags.filter' })}
      placeholder={intl.formatMessage({ id: 'tags.filter' })}
      value={intl.formatList(chosen, { type: 'unit' })}
      selectedOptions={[...chosen]}
      onOptionSelect={(_, data) => onChoose(data.selectedOptions)}
    >
      {known.map((tag) => (
        <Option key={tag} value={tag}>
          {tag}
        </Option>
      ))}
    </Dropdown>
  );
}
