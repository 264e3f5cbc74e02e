/// One connection to the service, with one request at a time.
#ifndef CONNECTION_H
#define CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer.h"
#include "request.h"

enum phase {
    /// There is no connection, yet or any more.
    CLOSED,
    IDLE,
    SENDING,
    RECEIVING,
};

struct connection {
    enum phase phase;
    int descriptor;
    /// When its request began, or was due to begin.
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

/// Begins a request; if there is no connection, opens one, which this epoll instance then watches.
enum progress connection_begin(struct connection *connection, int epoll, int port, uint64_t began);

/// Continues as far as possible without waiting. May be called at any time.
enum progress connection_advance(struct connection *connection, struct answer *answer);

#endif
