#!/usr/bin/env node
// Here and not in dist/, because npm makes the command at install, when nothing is built yet.

import '../dist/sluice.js';
