#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

ssize_t request_length(const char *bytes, size_t count) {
    const char *end = memmem(bytes, count, "\r\n\r\n", 4);
    if (end == NULL) {
        return 0;
    }
    const size_t head = (size_t)(end - bytes) + 4;
    if (strncmp(bytes, "POST ", 5) != 0) {
        return -1;
    }
    const char *const name = "\r\ncontent-length:";
    for (const char *line = bytes; (line = memchr(line, '\r', (size_t)(end - line))) != NULL; line++) {
        if (strncasecmp(line, name, strlen(name)) == 0) {
            const size_t body = strtoul(line + strlen(name), NULL, 10);
            return head + body <= count ? (ssize_t)(head + body) : 0;
        }
    }
    return -1;
}
