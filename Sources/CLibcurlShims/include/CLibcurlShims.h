/// What Swift needs in addition to libcurl's own functions: typed versions of the variadic ones, and callbacks that run
/// no Swift code.
#ifndef CLIBCURLSHIMS_H
#define CLIBCURLSHIMS_H

#include "curlshim_buffer.h"
#include "curlshim_egress.h"
#include "curlshim_options.h"
#include "curlshim_process.h"
#include "curlshim_sockets.h"
#include "curlshim_transfer.h"

#endif
