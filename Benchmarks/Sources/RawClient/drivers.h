/// The two ways in which libcurl lets a program wait for many transfers. Each returns when the measurement is over.
#ifndef DRIVERS_H
#define DRIVERS_H

#include "load.h"

void drive_with_poll(struct load *load, const struct options *options);
void drive_with_epoll(struct load *load, const struct options *options);

#endif
