/// A library for LD_PRELOAD: the process that loads it has libcurl trust the PEM file in `BENCHMARK_AUTHORITY` instead
/// of its own. On Linux there is no other way to make `URLSession` trust an authority.
#ifndef TRUSTED_AUTHORITY_H
#define TRUSTED_AUTHORITY_H
#endif
