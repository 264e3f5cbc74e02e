/// An easy handle that sends one request after the other.
#ifndef TRANSFER_H
#define TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "exchange.h"
#include "options.h"

struct transfer {
    CURL *easy;
    uint64_t began;
    char body[exchange_body_capacity];
    size_t received;
    /// Once completed, whether the answer is the expected one.
    bool succeeded;
    char answer[64 * 1024];
};

/// Creates a transfer to the upstream with the options that the broker's transport sets.
struct transfer *transfer_create(const struct options *options);

/// Prepares the transfer for its next request.
void transfer_prepare(struct transfer *transfer);

#endif
