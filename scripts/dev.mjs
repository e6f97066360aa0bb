import { generateWhenNeeded, installWhenNeeded, requireNode, serve } from "./prepare.mjs";

requireNode();
installWhenNeeded();
generateWhenNeeded();
serve("--dev");
