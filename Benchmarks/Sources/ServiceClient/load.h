/// Requests by one of two rules: as many under way as are asked for, or begun at a rate whatever becomes of earlier ones.
#ifndef LOAD_H
#define LOAD_H

#include "options.h"

/// Warms up, measures, waits for what is under way, and writes what was measured.
void load_run(const struct options *options);

#endif
