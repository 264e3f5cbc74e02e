/// The answers, made once: every request gets the same bytes.
#ifndef ANSWER_H
#define ANSWER_H

#include <stddef.h>

#include "behavior.h"

struct answer {
    char *bytes;
    size_t count;
};

/// Reads the JSON record that successful answers carry. Ends the process if it cannot be read.
void answers_load(const char *record_path);

/// The answer of a listener that answers, or the beginning of one that floods.
struct answer answer_of(enum treatment treatment);

#endif
