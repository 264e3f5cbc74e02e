/// What became of the requests that were begun within the time that counts.
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "answer.h"

/// For how many nanoseconds an answer is worth something to whoever waits for it.
static const uint64_t tally_patience = 1000000000;

struct tally;

/// A tally of what is begun from one time to another (`usage_time`), and of what the process takes meanwhile.
struct tally *tally_create(uint64_t begin, uint64_t end, pid_t process);

/// Notes that the time is now. Has to be called often enough for the process's readings to be of begin and end.
void tally_tick(struct tally *tally, uint64_t now);

/// Notes that a request was begun, or would have been if there had been a connection for it.
void tally_begun(struct tally *tally, uint64_t began);

/// Notes the answer to a request; NULL if there was none, because the connection ended.
void tally_answered(struct tally *tally, uint64_t began, uint64_t now, const struct answer *answer);

/// Whether everything that counts is answered.
bool tally_is_complete(const struct tally *tally);

/// Writes what was counted to standard output, as one line of JSON. What is not answered counts as late.
void tally_print(const struct tally *tally);

#endif
