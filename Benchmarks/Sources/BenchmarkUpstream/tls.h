/// TLS 1.3, with a full handshake for every connection.
#ifndef TLS_H
#define TLS_H

#include <openssl/ssl.h>

/// Ends the process if the files cannot be used.
SSL_CTX *tls_context(const char *certificate_path, const char *key_path);

#endif
