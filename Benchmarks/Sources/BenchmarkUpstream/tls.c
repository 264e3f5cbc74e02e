#include "tls.h"

#include <err.h>

SSL_CTX *tls_context(const char *certificate_path, const char *key_path) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1
        || SSL_CTX_use_certificate_chain_file(context, certificate_path) != 1
        || SSL_CTX_use_PrivateKey_file(context, key_path, SSL_FILETYPE_PEM) != 1) {
        errx(66, "%s, %s: no certificate and key that can be used", certificate_path, key_path);
    }
    // Without tickets no client can resume a session, so that all pay for full handshakes.
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return context;
}
