/** The stand-in's look. Light and dark follow the system; no file, font or script is loaded from anywhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f6f5, #131313);
  --card: light-dark(#ffffff, #1c1c1b);
  --text: light-dark(#1b1b19, #f1f1ee);
  --soft: light-dark(#5d5d58, #aeaea7);
  --line: light-dark(#dcdcd7, #3a3a37);
  --field: light-dark(#8b8b84, #777770);
  --hover: light-dark(#f3f3f0, #262624);
  --accent: light-dark(#1b1b19, #f1f1ee);
  --on-accent: light-dark(#ffffff, #131313);
  --note: light-dark(#fff7e0, #2d2614);
  --note-line: light-dark(#ecd9a0, #54471f);
  --error: light-dark(#b3261e, #ffb4ab);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100dvh; padding: 2rem 1rem; display: grid; align-content: center; justify-items: center;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans TC", "Noto Sans CJK TC", "PingFang TC",
    "Microsoft JhengHei", sans-serif;
}
main {
  width: 100%; max-width: 27rem; padding: clamp(1.25rem, 5vw, 2rem); display: grid; gap: 1.25rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 1rem; overflow-wrap: anywhere;
}
aside { padding: .875rem 1rem; background: var(--note); border: 1px solid var(--note-line); border-radius: .75rem; font-size: .875rem; }
h1 { font-size: 1.375rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: .875rem; font-weight: 600; }
p.soft, footer { color: var(--soft); font-size: .875rem; }
header { display: grid; gap: .375rem; }
form { display: grid; gap: .75rem; }
ul { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
li + li { border-top: 1px solid var(--line); }
button { min-height: 2.75rem; padding: .5rem 1rem; border-radius: .625rem; border: 1px solid var(--line); font: inherit; font-weight: 550; background: var(--card); color: var(--text); cursor: pointer; }
button:hover { background: var(--hover); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.primary:hover { opacity: .88; }
button.person { width: 100%; min-height: 4rem; padding: .75rem 1rem; display: flex; gap: .875rem; align-items: center; border: 0; border-radius: 0; text-align: start; font-weight: 400; }
button.person > span:first-child { flex: none; width: 2.25rem; height: 2.25rem; display: grid; place-items: center; border-radius: 50%; background: var(--hover); border: 1px solid var(--line); font-size: .875rem; font-weight: 600; }
button.person span span { display: block; }
button.person small { display: block; color: var(--soft); font-size: .875rem; }
label { display: grid; gap: .25rem; font-size: .875rem; }
input { min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--field); border-radius: .625rem; width: 100%; }
input[aria-invalid] { border-color: var(--error); }
.error { color: var(--error); font-size: .875rem; }
a { color: inherit; text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.person:focus-visible { outline-offset: -3px; }
`;
