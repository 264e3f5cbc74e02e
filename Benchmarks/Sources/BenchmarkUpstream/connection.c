#include "connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "answer.h"
#include "request.h"

struct connection *connection_open(int descriptor, struct listener *listener, SSL_CTX *context) {
    struct connection *connection = calloc(1, sizeof *connection);
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connection->source = SOURCE_CONNECTION;
    connection->descriptor = descriptor;
    connection->listener = listener;
    connection->tls = SSL_new(context);
    SSL_set_fd(connection->tls, descriptor);
    return connection;
}

void connection_close(struct connection *connection) {
    if (connection->phase == WAITING && connection->delay.due != 0) {
        delays_remove(&connection->listener->delays, connection);
    }
    SSL_free(connection->tls);
    close(connection->descriptor);
    free(connection);
}

/// With a linger time of zero, closing resets the connection.
static void reset(struct connection *connection) {
    const struct linger none = {.l_onoff = 1, .l_linger = 0};
    setsockopt(connection->descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    connection_close(connection);
}

/// Whether a call that did not succeed only has to wait. If not, closes the connection.
static bool has_to_wait(struct connection *connection, int result) {
    const int error = SSL_get_error(connection->tls, result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
        return true;
    }
    ERR_clear_error();
    connection_close(connection);
    return false;
}

/// Consumes a request if a whole one has arrived, and returns whether it did.
static bool take_request(struct connection *connection, ssize_t *length) {
    *length = request_length(connection->buffer, connection->received);
    if (*length <= 0) {
        return false;
    }
    connection->received -= (size_t)*length;
    memmove(connection->buffer, connection->buffer + *length, connection->received);
    return true;
}

/// Decides what to do with a request. Returns false if the connection is gone.
static bool treat(struct connection *connection) {
    const struct behavior behavior = connection->listener->behavior;
    if (behavior.treatment == RESETS) {
        reset(connection);
        return false;
    }
    if (behavior.treatment == HANGS) {
        connection->phase = WAITING;
    } else if (behavior.delay_nanoseconds > 0) {
        connection->phase = WAITING;
        delays_add(&connection->listener->delays, connection, delays_now() + behavior.delay_nanoseconds);
    } else {
        connection->phase = WRITING;
    }
    return true;
}

/// Returns false once it has to wait, or the connection is gone.
static bool read_more(struct connection *connection) {
    ssize_t length;
    if (take_request(connection, &length)) {
        return treat(connection);
    }
    if (length < 0 || connection->received == sizeof connection->buffer) {
        connection_close(connection);
        return false;
    }
    const int count = SSL_read(
        connection->tls, connection->buffer + connection->received,
        (int)(sizeof connection->buffer - connection->received)
    );
    if (count <= 0) {
        has_to_wait(connection, count);
        return false;
    }
    connection->received += (size_t)count;
    return true;
}

/// Returns false once it has to wait, or the connection is gone.
static bool write_more(struct connection *connection) {
    const enum treatment treatment = connection->listener->behavior.treatment;
    const struct answer answer = answer_of(treatment);
    const int count = SSL_write(connection->tls, answer.bytes, (int)answer.count);
    if (count <= 0) {
        has_to_wait(connection, count);
        return false;
    }
    if (treatment == CLOSES) {
        SSL_shutdown(connection->tls);
        connection_close(connection);
        return false;
    }
    if (treatment != FLOODS) {
        connection->delay.due = 0;
        connection->phase = READING;
    }
    return true;
}

static bool shake_hands(struct connection *connection) {
    const int result = SSL_accept(connection->tls);
    if (result != 1) {
        has_to_wait(connection, result);
        return false;
    }
    connection->phase = READING;
    return true;
}

void connection_advance(struct connection *connection) {
    bool goes_on = true;
    while (goes_on) {
        switch (connection->phase) {
        case HANDSHAKING:
            goes_on = shake_hands(connection);
            break;
        case READING:
            goes_on = read_more(connection);
            break;
        case WAITING:
            return;
        case WRITING:
            goes_on = write_more(connection);
            break;
        }
    }
}

void connection_answer(struct connection *connection) {
    delays_remove(&connection->listener->delays, connection);
    connection->phase = WRITING;
    connection_advance(connection);
}
