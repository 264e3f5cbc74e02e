/// The request that every transport sends: the exchange of a ticket, as the broker makes it.
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <stddef.h>
#include <stdint.h>

#define EXCHANGE_USER_POOL "5e4cdd055df3df65dc58b97d"
#define EXCHANGE_SECRET "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
#define EXCHANGE_FOLDER "/oauth/app2wxapp/auth/"

enum { exchange_body_capacity = 128 };

/// Writes the JSON body with ticket and secret for the ticket of this number. Returns its length.
size_t exchange_body(char body[_Nonnull exchange_body_capacity], uint64_t number);

#endif
