import { buildWhenNeeded, generateWhenNeeded, installWhenNeeded, requireNode, serve } from "./prepare.mjs";

requireNode();
installWhenNeeded();
generateWhenNeeded();
buildWhenNeeded();
serve();
