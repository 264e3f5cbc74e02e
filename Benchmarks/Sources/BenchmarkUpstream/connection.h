/// One connection: handshake, then request and answer in turn.
#ifndef CONNECTION_H
#define CONNECTION_H

#include <openssl/ssl.h>
#include <stddef.h>

#include "delays.h"
#include "listener.h"
#include "source.h"

enum phase {
    HANDSHAKING,
    READING,
    /// The answer is not due yet, or never will be.
    WAITING,
    WRITING,
};

struct connection {
    enum source source;
    int descriptor;
    SSL *tls;
    struct listener *listener;
    enum phase phase;
    struct delay delay;
    size_t received;
    char buffer[4096];
};

/// Takes over an accepted socket that is, or is about to be, watched edge-triggered.
struct connection *connection_open(int descriptor, struct listener *listener, SSL_CTX *context);

/// Continues as far as possible without waiting. The connection may be gone afterward.
void connection_advance(struct connection *connection);

/// Answers now; for a connection whose delay is over.
void connection_answer(struct connection *connection);

/// Ends the connection and frees it.
void connection_close(struct connection *connection);

#endif
