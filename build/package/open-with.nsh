; "Open with Segue" for the documents Segue reads. Nothing here makes Segue the default for them.
!define SEGUE_DOCUMENT "Segue.Segment"

!macro segueOffer ENDING
  WriteRegStr SHELL_CONTEXT "Software\Classes\.${ENDING}\OpenWithProgids" "${SEGUE_DOCUMENT}" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".${ENDING}" ""
!macroend

!macro segueWithdraw ENDING
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.${ENDING}\OpenWithProgids" "${SEGUE_DOCUMENT}"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${SEGUE_DOCUMENT}" "" "Segue"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${SEGUE_DOCUMENT}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${SEGUE_DOCUMENT}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro segueOffer csv
  !insertmacro segueOffer tsv
  !insertmacro segueOffer xlsx
  !insertmacro segueOffer json
  !insertmacro segueOffer ndjson
  !insertmacro segueOffer jsonl
  !insertmacro segueOffer parquet
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!macro customUnInstall
  !insertmacro segueWithdraw csv
  !insertmacro segueWithdraw tsv
  !insertmacro segueWithdraw xlsx
  !insertmacro segueWithdraw json
  !insertmacro segueWithdraw ndjson
  !insertmacro segueWithdraw jsonl
  !insertmacro segueWithdraw parquet
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${SEGUE_DOCUMENT}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend
