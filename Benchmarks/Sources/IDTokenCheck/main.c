/// Checks ID tokens one after the other, as the broker does at a login by one: signature (ES256, with a key that is
/// known), header, issuer, audience, nonce and times. There is no account of which token was spent.
#include <err.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "histogram.h"
#include "signature.h"
#include "token.h"
#include "usage.h"

/// Whether the token of this line, a nonce and a token, signs somebody in.
static bool is_valid(const signature_key *key, const char *line, time_t now) {
    const char *space = strchr(line, ' ');
    token_parts parts;
    if (space == NULL || !token_read(&parts, space + 1)) {
        return false;
    }
    return signature_is_valid(key, &parts) && token_claims_are_valid(&parts, line, (size_t)(space - line), now);
}

int main(int count, char **arguments) {
    if (count != 2) {
        errx(64, "usage: IDTokenCheck FILE");
    }
    FILE *file = fopen(arguments[1], "r");
    if (file == NULL) {
        err(66, "%s", arguments[1]);
    }
    char *line = NULL;
    size_t capacity = 0;
    if (getline(&line, &capacity, file) < 0) {
        errx(65, "%s has no key set", arguments[1]);
    }
    signature_key *key = signature_key_create(line);
    if (key == NULL) {
        errx(65, "%s begins with no key set with a P-256 key", arguments[1]);
    }

    histogram *durations = histogram_create();
    uint64_t checked = 0, failures = 0, nanoseconds = 0, processor = 0;
    ssize_t length;
    while ((length = getline(&line, &capacity, file)) > 0) {
        line[length - 1] = 0;
        const uint64_t used = usage_processor(), began = usage_time();
        const bool valid = is_valid(key, line, time(NULL));
        const uint64_t taken = usage_time() - began;
        processor += usage_processor() - used;
        nanoseconds += taken;
        histogram_add(durations, taken);
        checked++;
        failures += !valid;
    }
    if (checked == 0 || failures > 0) {
        errx(65, "%" PRIu64 " of %" PRIu64 " tokens are invalid", failures, checked);
    }
    printf(
        "{\"requests\":%" PRIu64 ",\"rate\":%.3f,\"cpu_us\":%.3f,\"p50_us\":%.3f,\"p99_us\":%.3f}\n",
        checked, (double)checked / ((double)nanoseconds / 1e9), (double)processor / 1e3 / (double)checked,
        (double)histogram_quantile(durations, 0.5) / 1e3, (double)histogram_quantile(durations, 0.99) / 1e3
    );
}
