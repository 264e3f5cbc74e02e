/// One easy handle that sends one request after the other.
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
    /// Of what is completed, whether the answer is what was asked for.
    bool succeeded;
    char answer[64 * 1024];
};

/// A transfer with the options that the broker's transport sets, to the upstream that is asked.
struct transfer *transfer_create(const struct options *options);

/// Gives the transfer the next request.
void transfer_prepare(struct transfer *transfer);

#endif
