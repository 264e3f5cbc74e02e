#include "curlshim_buffer.h"

#include <stdlib.h>
#include <string.h>

static const size_t smallest_capacity = 1024;
static const size_t capacity_kept = 32 * 1024;

bool curlshim_buffer_reserve(curlshim_buffer *buffer, size_t capacity) {
    if (capacity <= buffer->capacity) {
        return true;
    }
    size_t grown = buffer->capacity == 0 ? smallest_capacity : buffer->capacity;
    while (grown < capacity) {
        grown *= 2;
    }
    unsigned char *bytes = realloc(buffer->bytes, grown);
    if (bytes == NULL) {
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = grown;
    return true;
}

bool curlshim_buffer_append(curlshim_buffer *buffer, const void *bytes, size_t count) {
    if (count == 0) {
        return true;
    }
    if (!curlshim_buffer_reserve(buffer, buffer->count + count)) {
        return false;
    }
    memcpy(buffer->bytes + buffer->count, bytes, count);
    buffer->count += count;
    return true;
}

void curlshim_buffer_empty(curlshim_buffer *buffer) {
    buffer->count = 0;
    if (buffer->capacity > capacity_kept) {
        curlshim_buffer_free(buffer);
    }
}

void curlshim_buffer_free(curlshim_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (curlshim_buffer){0};
}
