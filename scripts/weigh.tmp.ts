import { weighSettings } from "./bench/weigh-settings.ts";
import { openWorkshop } from "./bench/workshop.ts";
const w = openWorkshop(); try { console.log(await weighSettings(w)); } finally { await w.close(); }
