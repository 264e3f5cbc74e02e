/// A fixed number of concurrent transfers, each restarted as soon as it completes.
#ifndef LOAD_H
#define LOAD_H

#include <curl/curl.h>
#include <stdbool.h>

#include "options.h"
#include "transfer.h"

struct load {
    CURLM *multi;
    measurement *measurement;
    /// The number of transfers kept in flight.
    size_t in_flight;
};

/// Starts all transfers.
void load_start(struct load *load, const struct options *options);

/// The next completed transfer, removed from libcurl; NULL if there is none.
struct transfer *load_next_completed(struct load *load);

/// Counts a completed transfer. Returns false once the measurement is over.
bool load_count(struct load *load, const struct transfer *transfer);

/// Counts completed transfers, and restarts them. Returns false once the measurement is over.
bool load_continue(struct load *load);

#endif
