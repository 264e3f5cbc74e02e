/// The one loop in which everything happens.
#ifndef LOOP_H
#define LOOP_H

#include <openssl/ssl.h>

#include "listener.h"

/// Serves for ever.
_Noreturn void loop_run(struct listener *listeners, int count, SSL_CTX *context);

#endif
