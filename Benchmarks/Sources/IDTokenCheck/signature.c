#include "signature.h"

#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

enum { coordinate_bytes = 32 };

static bool read_coordinate(unsigned char bytes[coordinate_bytes], const char *key_set, const char *member) {
    const char *place = strstr(key_set, member);
    if (place == NULL) return false;
    place += strlen(member);
    return token_decode(bytes, coordinate_bytes, place, strcspn(place, "\"")) == coordinate_bytes;
}

signature_key *signature_key_create(const char *key_set) {
    unsigned char point[1 + 2 * coordinate_bytes] = {POINT_CONVERSION_UNCOMPRESSED};
    if (!read_coordinate(point + 1, key_set, "\"x\":\"")
        || !read_coordinate(point + 1 + coordinate_bytes, key_set, "\"y\":\"")) {
        return NULL;
    }
    char curve[] = "P-256";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (context == NULL || EVP_PKEY_fromdata_init(context) != 1
        || EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    return key;
}

bool signature_is_valid(const signature_key *key, const token_parts *parts) {
    ECDSA_SIG *signature = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(parts->signature, coordinate_bytes, NULL);
    BIGNUM *s = BN_bin2bn(parts->signature + coordinate_bytes, coordinate_bytes, NULL);
    ECDSA_SIG_set0(signature, r, s);
    unsigned char *encoded = NULL;
    const int length = i2d_ECDSA_SIG(signature, &encoded);
    ECDSA_SIG_free(signature);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool valid = length > 0
        && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, (EVP_PKEY *)key) == 1
        && EVP_DigestVerify(
               context, encoded, (size_t)length, (const unsigned char *)parts->signed_text, parts->signed_length)
               == 1;
    EVP_MD_CTX_free(context);
    OPENSSL_free(encoded);
    return valid;
}
