/// ID tokens: their parts, and what must be in them.
#ifndef TOKEN_H
#define TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum { token_longest_part = 4096, token_signature_bytes = 64 };

typedef struct {
    /// What is signed: header and payload as they are encoded, with the dot between them.
    const char *signed_text;
    size_t signed_length;
    /// JSON texts.
    char header[token_longest_part];
    char payload[token_longest_part];
    unsigned char signature[token_signature_bytes];
} token_parts;

/// Reads a compact JWS. Returns false if it is none, or too long.
bool token_read(token_parts *parts, const char *text);

/// Checks the header, and the claims of a token with this nonce.
bool token_claims_are_valid(const token_parts *parts, const char *nonce, size_t nonce_length, time_t now);

/// The number of bytes that base64url without padding stands for, or -1 if it is none or does not fit.
int token_decode(unsigned char *bytes, size_t capacity, const char *text, size_t length);

#endif
