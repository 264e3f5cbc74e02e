/// A growable byte buffer that is filled and emptied repeatedly.
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

/// Makes room for that many bytes in total. Returns false if out of memory.
bool curlshim_buffer_reserve(curlshim_buffer *buffer, size_t capacity);

/// Adds bytes at the end. Returns false if out of memory.
bool curlshim_buffer_append(curlshim_buffer *buffer, const void *_Nullable bytes, size_t count);

/// Removes the bytes, and frees the memory if it is more than a small message needs.
void curlshim_buffer_empty(curlshim_buffer *buffer);

/// Frees the memory.
void curlshim_buffer_free(curlshim_buffer *buffer);

#pragma clang assume_nonnull end

#endif
