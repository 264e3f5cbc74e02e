#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/// The value of the header field with this name, in the lines after the status line; NULL if there is none.
static const char *field(const char *head, const char *end, const char *name) {
    const size_t length = strlen(name);
    const char *line = head;
    while ((line = memmem(line, (size_t)(end - line), "\r\n", 2)) != NULL) {
        line += 2;
        if ((size_t)(end - line) > length && strncasecmp(line, name, length) == 0 && line[length] == ':') {
            return line + length + 1 + strspn(line + length + 1, " ");
        }
    }
    return NULL;
}

ssize_t answer_read(const char *bytes, size_t count, struct answer *answer) {
    const char *end = memmem(bytes, count, "\r\n\r\n", 4);
    if (end == NULL) {
        return 0;
    }
    const char *length = field(bytes, end, "content-length");
    if (sscanf(bytes, "HTTP/1.1 %3d", &answer->status) != 1 || length == NULL) {
        return -1;
    }
    const char *body = end + 4;
    const size_t size = strtoul(length, NULL, 10);
    if ((size_t)(body - bytes) + size > count) {
        return 0;
    }
    const char *connection = field(bytes, end, "connection");
    static const char member[] = "\"access_token\":\"";
    answer->closes = connection != NULL && strncasecmp(connection, "close", 5) == 0;
    answer->says_when_to_retry = field(bytes, end, "retry-after") != NULL;
    answer->has_access_token = memmem(body, size, member, sizeof member - 1) != NULL;
    return body - bytes + (ssize_t)size;
}
