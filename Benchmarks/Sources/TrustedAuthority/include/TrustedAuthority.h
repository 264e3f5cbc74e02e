/// A library to load into a process with LD_PRELOAD, which then trusts the authorities of the PEM file that
/// `BENCHMARK_AUTHORITY` names wherever it gives libcurl another: `URLSession` can be told so in no other way on Linux.
#ifndef TRUSTED_AUTHORITY_H
#define TRUSTED_AUTHORITY_H
#endif
