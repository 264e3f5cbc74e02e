/// As many transfers at once as are asked for, each started anew as soon as it is completed.
#ifndef LOAD_H
#define LOAD_H

#include <curl/curl.h>
#include <stdbool.h>

#include "options.h"
#include "transfer.h"

struct load {
    CURLM *multi;
    measurement *measurement;
    /// How many transfers are kept under way.
    size_t in_flight;
};

/// Starts all transfers.
void load_start(struct load *load, const struct options *options);

/// The next transfer that is completed, which is out of libcurl's hands now; NULL if there is none.
struct transfer *load_next_completed(struct load *load);

/// Counts a transfer that is completed. Returns false once the measurement is over.
bool load_count(struct load *load, const struct transfer *transfer);

/// Counts what is completed, and starts it anew. Returns false once the measurement is over.
bool load_continue(struct load *load);

#endif
