#include "answer.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>

static struct answer answer_and_keep, answer_and_close, flood;

static struct answer read_file(const char *path) {
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        err(66, "%s", path);
    }
    struct answer content = {malloc(64 * 1024), 0};
    content.count = fread(content.bytes, 1, 64 * 1024, file);
    if (content.count == 0) {
        errx(66, "%s: is empty or cannot be read", path);
    }
    fclose(file);
    return content;
}

static struct answer with_body(struct answer body, const char *connection) {
    char *bytes;
    const int count = asprintf(
        &bytes,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\n"
        "Connection: %s\r\nContent-Length: %zu\r\n\r\n%.*s",
        connection, body.count, (int)body.count, body.bytes
    );
    return (struct answer){bytes, (size_t)count};
}

/// A body of digits with a stated length of a tebibyte.
static struct answer endless(void) {
    enum { size = 16 * 1024 };
    char *bytes = malloc(size);
    const int head = snprintf(
        bytes, size, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1099511627776\r\n\r\n"
    );
    for (int index = head; index < size; index++) {
        bytes[index] = '1';
    }
    return (struct answer){bytes, size};
}

void answers_load(const char *record_path) {
    const struct answer record = read_file(record_path);
    answer_and_keep = with_body(record, "keep-alive");
    answer_and_close = with_body(record, "close");
    flood = endless();
    free(record.bytes);
}

struct answer answer_of(enum treatment treatment) {
    switch (treatment) {
    case CLOSES:
        return answer_and_close;
    case FLOODS:
        return flood;
    default:
        return answer_and_keep;
    }
}
