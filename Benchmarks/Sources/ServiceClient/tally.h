/// The outcomes of the requests that began within the period that counts.
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "answer.h"

/// How long an answer is useful to a client, in nanoseconds.
static const uint64_t tally_patience = 1000000000;

struct tally;

/// Creates a tally of the requests that begin within a period (`usage_time`), and of the process's usage meanwhile.
struct tally *tally_create(uint64_t begin, uint64_t end, pid_t process);

/// Reports the current time. Must be called often enough to read the process's usage at begin and end.
void tally_tick(struct tally *tally, uint64_t now);

/// Records that a request began, or would have if a connection had been free.
void tally_begun(struct tally *tally, uint64_t began);

/// Records the answer to a request; NULL if the connection ended without one.
void tally_answered(struct tally *tally, uint64_t began, uint64_t now, const struct answer *answer);

/// Whether every request that counts is answered.
bool tally_is_complete(const struct tally *tally);

/// Prints the counts to standard output, as one line of JSON. Unanswered requests count as late.
void tally_print(const struct tally *tally);

#endif
