#include "token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sextet(char letter) {
    if (letter >= 'A' && letter <= 'Z') return letter - 'A';
    if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9') return letter - '0' + 52;
    if (letter == '-') return 62;
    return letter == '_' ? 63 : -1;
}

int token_decode(unsigned char *bytes, size_t capacity, const char *text, size_t length) {
    unsigned int bits = 0;
    int waiting = 0;
    size_t count = 0;
    for (size_t position = 0; position < length; position++) {
        const int value = sextet(text[position]);
        if (value < 0) return -1;
        bits = bits << 6 | (unsigned int)value;
        waiting += 6;
        if (waiting < 8) continue;
        waiting -= 8;
        if (count == capacity) return -1;
        bytes[count++] = (unsigned char)(bits >> waiting);
    }
    return (int)count;
}

/// Decodes a part as text.
static bool read_text(char text[token_longest_part], const char *part, size_t length) {
    const int count = token_decode((unsigned char *)text, token_longest_part - 1, part, length);
    if (count < 0) return false;
    text[count] = 0;
    return true;
}

bool token_read(token_parts *parts, const char *text) {
    const char *first = strchr(text, '.');
    const char *second = first == NULL ? NULL : strchr(first + 1, '.');
    if (second == NULL) return false;
    parts->signed_text = text;
    parts->signed_length = (size_t)(second - text);
    return read_text(parts->header, text, (size_t)(first - text))
        && read_text(parts->payload, first + 1, (size_t)(second - first - 1))
        && token_decode(parts->signature, token_signature_bytes, second + 1, strlen(second + 1))
               == token_signature_bytes;
}

/// Whether a JSON text has a member with this value. It need not be parsed further: whoever signed it wrote it in one way.
static bool has_text(const char *json, const char *name, const char *value, size_t length) {
    char member[256];
    const int count = snprintf(member, sizeof member, "\"%s\":\"%.*s\"", name, (int)length, value);
    return count > 0 && (size_t)count < sizeof member && strstr(json, member) != NULL;
}

static bool read_number(const char *json, const char *name, double *number) {
    char member[64];
    snprintf(member, sizeof member, "\"%s\":", name);
    const char *place = strstr(json, member);
    if (place == NULL) return false;
    *number = strtod(place + strlen(member), NULL);
    return true;
}

bool token_claims_are_valid(const token_parts *parts, const char *nonce, size_t nonce_length, time_t now) {
    static const char issuer[] = "https://op.example", audience[] = "notes", algorithm[] = "ES256";
    double expiry, issued;
    return has_text(parts->header, "alg", algorithm, strlen(algorithm))
        && has_text(parts->payload, "iss", issuer, strlen(issuer))
        && has_text(parts->payload, "aud", audience, strlen(audience))
        && has_text(parts->payload, "nonce", nonce, nonce_length)
        && read_number(parts->payload, "exp", &expiry) && (double)now < expiry + 30
        && read_number(parts->payload, "iat", &issued) && issued <= (double)now + 30;
}
