/// The event loop.
#ifndef LOOP_H
#define LOOP_H

#include <openssl/ssl.h>

#include "listener.h"

/// Serves forever.
_Noreturn void loop_run(struct listener *listeners, int count, SSL_CTX *context);

#endif
