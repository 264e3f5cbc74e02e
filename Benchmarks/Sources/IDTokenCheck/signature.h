/// ES256 (RFC 7518 §3.4), by OpenSSL.
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include <stdbool.h>

#include "token.h"

typedef struct evp_pkey_st signature_key;

/// The P-256 key of a key set (RFC 7517) that has one; NULL if it has none.
signature_key *signature_key_create(const char *key_set);

bool signature_is_valid(const signature_key *key, const token_parts *parts);

#endif
