/// A growing run of bytes that is filled and emptied again and again.
#ifndef CURLSHIM_BUFFER_H
#define CURLSHIM_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

/// All zero is an empty buffer.
typedef struct {
    unsigned char *_Nullable bytes;
    size_t count;
    size_t capacity;
} curlshim_buffer;

/// Makes room for that many bytes in all. False for want of memory.
bool curlshim_buffer_reserve(curlshim_buffer *buffer, size_t capacity);

/// Adds bytes at the end. False for want of memory.
bool curlshim_buffer_append(curlshim_buffer *buffer, const void *_Nullable bytes, size_t count);

/// Forgets the bytes, and gives back the memory if it is more than a small message takes.
void curlshim_buffer_empty(curlshim_buffer *buffer);

/// Gives back the memory.
void curlshim_buffer_free(curlshim_buffer *buffer);

#pragma clang assume_nonnull end

#endif
