#include "connection.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void open_connection(struct connection *connection, int epoll, int port) {
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
    };
    const int on = 1;
    connection->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->descriptor < 0) {
        err(71, "socket");
    }
    setsockopt(connection->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(connection->descriptor, (const struct sockaddr *)&address, sizeof address) != 0
        && errno != EINPROGRESS) {
        err(69, "connect");
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = connection};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, connection->descriptor, &event) != 0) {
        err(71, "epoll_ctl");
    }
}

static void close_connection(struct connection *connection) {
    close(connection->descriptor);
    connection->phase = CLOSED;
}

static enum progress ended(struct connection *connection) {
    const bool is_missed = connection->phase != IDLE;
    close_connection(connection);
    return is_missed ? BROKEN : WAITS;
}

static enum progress send_more(struct connection *connection) {
    while (connection->sent < connection->length) {
        const ssize_t count = send(
            connection->descriptor, connection->request + connection->sent, connection->length - connection->sent,
            MSG_NOSIGNAL
        );
        if (count < 0) {
            // Also until the socket is connected.
            return errno == EAGAIN || errno == ENOTCONN ? WAITS : ended(connection);
        }
        connection->sent += (size_t)count;
    }
    connection->phase = RECEIVING;
    return WAITS;
}

/// The progress of the answer. Until it is complete, more has to be received.
static enum progress take_answer(struct connection *connection, struct answer *answer) {
    const ssize_t length = answer_read(connection->buffer, connection->received, answer);
    if (length == 0 && connection->received < sizeof connection->buffer) {
        return WAITS;
    }
    // Nothing may arrive after an answer before the next request.
    if (length <= 0 || (size_t)length != connection->received) {
        return ended(connection);
    }
    connection->phase = IDLE;
    if (answer->closes) {
        close_connection(connection);
    }
    return ANSWERED;
}

static enum progress receive_more(struct connection *connection, struct answer *answer) {
    for (;;) {
        const ssize_t count = recv(
            connection->descriptor, connection->buffer + connection->received,
            sizeof connection->buffer - connection->received, 0
        );
        if (count < 0 && errno == EAGAIN) {
            return WAITS;
        }
        if (count <= 0) {
            return ended(connection);
        }
        connection->received += (size_t)count;
        const enum progress progress = take_answer(connection, answer);
        if (progress != WAITS) {
            return progress;
        }
    }
}

enum progress connection_begin(struct connection *connection, int epoll, int port, uint64_t began) {
    if (connection->phase == CLOSED) {
        open_connection(connection, epoll, port);
    }
    connection->phase = SENDING;
    connection->began = began;
    connection->length = request_write(connection->request);
    connection->sent = connection->received = 0;
    return send_more(connection);
}

enum progress connection_advance(struct connection *connection, struct answer *answer) {
    if (connection->phase == CLOSED) {
        return WAITS;
    }
    if (connection->phase == SENDING) {
        const enum progress progress = send_more(connection);
        if (connection->phase != RECEIVING) {
            return progress;
        }
    }
    return receive_more(connection, answer);
}
