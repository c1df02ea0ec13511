/** The style sheet of the practice account's pages. Colours keep a contrast of 4.5 in light and dark. */
export const styleSheet = `
:root { color-scheme: light dark; --ink: #1b1a19; --soft: #575653; --paper: #fff; --panel: #f5f4f2; --line: #d6d4d0;
  --link: #0b5cad; --accent: #0b5cad; --on-accent: #fff; --warn: #8a3c00; --good: #0b6a2e; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --soft: #bdbbb8; --paper: #1b1a19; --panel: #262524; --line: #454341;
  --link: #7cbdf7; --accent: #7cbdf7; --on-accent: #10202e; --warn: #ffb27a; --good: #7fd99a; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, "Segoe UI", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; padding: 10px 24px; background: var(--panel); border-bottom: 1px solid var(--line); }
header p { margin: 0; } header ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 0; padding: 0; }
.language { margin-inline-start: auto; }
.badge { font-size: 12px; padding: 1px 8px; border: 1px solid var(--warn); border-radius: 10px; color: var(--warn); }
a { color: var(--link); } a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main { max-width: 1180px; margin: 0 auto; padding: 8px 24px 40px; } footer { padding: 0 24px 24px; color: var(--soft); text-align: center; font-size: 13px; }
h1 { font-size: 25px; margin: 18px 0 10px; } h2 { font-size: 18px; margin: 26px 0 8px; }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 0; padding: 0; }
.figures div { padding: 10px 16px; min-width: 150px; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
.figures dt { color: var(--soft); font-size: 13px; } .figures dd { margin: 0; font-size: 24px; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; }
caption { text-align: start; color: var(--soft); padding: 6px 0; }
th, td { padding: 6px 12px 6px 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; font-size: 13px; } tbody th { font-weight: 600; }
.n + :not(.n) { padding-inline-start: 12px; } .n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, .mono { font: 13px/1.4 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
.good { color: var(--good); } .warn { color: var(--warn); } .soft { color: var(--soft); }
form.filters { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin: 8px 0 12px; }
label { display: grid; gap: 3px; font-size: 13px; color: var(--soft); }
input[type=text], input[type=search], select { font: inherit; color: var(--ink); background: var(--paper); padding: 6px 9px; border: 1px solid var(--soft); border-radius: 4px; min-width: 170px; }
button { font: inherit; padding: 7px 20px; border-radius: 4px; border: 1px solid var(--accent); background: transparent; color: var(--link); cursor: pointer; }
button.primary { background: var(--accent); color: var(--on-accent); font-weight: 600; }
main:has(.sign-in) h1 { max-width: 520px; margin-inline: auto; }
.sign-in { max-width: 520px; margin: 16px auto 0; padding: 8px 28px 24px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.sign-in fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 14px 0; } .sign-in fieldset label { display: flex; gap: 8px; color: var(--ink); font-size: 15px; }
.buttons { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 16px; } dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; } dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
`;
