/// As many transfers at once as are asked for, each started anew as soon as it is completed.
#ifndef LOAD_H
#define LOAD_H

#include <curl/curl.h>
#include <stdbool.h>

#include "options.h"

struct load {
    CURLM *multi;
    measurement *measurement;
};

/// Starts all transfers.
void load_start(struct load *load, const struct options *options);

/// Counts what is completed, and starts it anew. Returns false once the measurement is over.
bool load_continue(struct load *load);

#endif
