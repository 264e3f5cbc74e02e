/// Requests in one of two ways: a fixed number in flight, or started at a rate regardless of earlier ones.
#ifndef LOAD_H
#define LOAD_H

#include "options.h"

/// Warms up, measures, waits for the requests in flight, and prints the result.
void load_run(const struct options *options);

#endif
