/// One connection to the service, with one request at a time.
#ifndef CONNECTION_H
#define CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer.h"
#include "request.h"

enum phase {
    /// There is no connection yet, or no more.
    CLOSED,
    IDLE,
    SENDING,
    RECEIVING,
};

struct connection {
    enum phase phase;
    int descriptor;
    /// When its request was begun, or was to be begun.
    uint64_t began;
    size_t length, sent, received;
    char request[request_capacity];
    char buffer[16 * 1024];
    struct connection *next;
};

enum progress {
    WAITS,
    ANSWERED,
    /// The connection ended before the answer did.
    BROKEN,
};

/// Begins a request, on a new connection if there is none, which this epoll instance then watches.
enum progress connection_begin(struct connection *connection, int epoll, int port, uint64_t began);

/// Goes on as far as it can without waiting. It may be called at any time.
enum progress connection_advance(struct connection *connection, struct answer *answer);

#endif
