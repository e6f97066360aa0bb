/** The stand-in's look, after the console's. Light and dark follow the system; nothing is loaded from anywhere. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --canvas: light-dark(#faf9f7, #121211);
  --surface: light-dark(#ffffff, #1a1a18);
  --sunken: light-dark(#f3f2ef, #242422);
  --line: light-dark(#e5e3de, #31312e);
  --edge: light-dark(#8a887f, #7c7b74);
  --ink: light-dark(#1c1c1a, #eeede9);
  --muted: light-dark(#5e5d56, #a5a49c);
  --inverse: light-dark(#ffffff, #121211);
  --accent: light-dark(#2456c7, #94b4ff);
  --warn: light-dark(#7a4d00, #efc26e);
  --warn-soft: light-dark(#fdf5e3, #2b2414);
  --bad: light-dark(#b3241d, #ff8d85);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100dvh; padding: 2rem 1rem; display: grid; align-content: center; justify-items: center;
  background: var(--canvas); color: var(--ink); overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
  font: 0.9375rem/1.5rem system-ui, "Segoe UI", "Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei", sans-serif;
}
main {
  width: 100%; max-width: 27rem; padding: clamp(1.25rem, 5vw, 2rem); display: grid; gap: 1.5rem;
  background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem;
}
header, form { display: grid; gap: 0.75rem; }
h1 { text-wrap: balance; font-size: 1.625rem; line-height: 2.125rem; font-weight: 600; letter-spacing: -0.01em; }
h2 { font-size: inherit; line-height: inherit; font-weight: 600; }
aside, footer, small, .error { font-size: 0.8125rem; line-height: 1.25rem; }
aside { padding: 0.75rem 1rem; color: var(--warn); background: var(--warn-soft); border-radius: 0.5rem; }
header p, footer, small { color: var(--muted); }
ul { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: 0.75rem; overflow: hidden; }
li + li { border-top: 1px solid var(--line); }
button {
  min-height: 2.75rem; padding: 0.375rem 0.875rem; border: 1px solid var(--edge); border-radius: 0.5rem;
  background: var(--surface); color: var(--ink); font: inherit; font-weight: 500; cursor: pointer;
}
button:hover { background: var(--sunken); }
button.primary { background: var(--ink); border-color: transparent; color: var(--inverse); }
button.primary:hover { opacity: 0.85; }
button.person {
  width: 100%; padding: 0.75rem 1rem; display: flex; gap: 0.875rem; align-items: center;
  border: 0; border-radius: 0; text-align: start;
}
button.person small { display: block; font-weight: 400; }
.face {
  flex: none; width: 2.25rem; height: 2.25rem; display: grid; place-items: center;
  border-radius: 50%; background: var(--sunken); border: 1px solid var(--line);
}
form > div { display: grid; gap: 0.25rem; }
label { font-weight: 500; }
input {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--edge); border-radius: 0.5rem;
  background: transparent; color: inherit; font: inherit; font-size: 1rem;
}
input[aria-invalid] { border-color: var(--bad); }
.error { color: var(--bad); }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.person:focus-visible { outline-offset: -3px; border-radius: 0.75rem; }
@media (prefers-reduced-motion: no-preference) { button { transition: background 0.12s; } }
`;
