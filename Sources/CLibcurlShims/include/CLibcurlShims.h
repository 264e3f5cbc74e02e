/// What Swift needs beside libcurl's own functions: the variadic ones with types, and callbacks that run no Swift.
#ifndef CLIBCURLSHIMS_H
#define CLIBCURLSHIMS_H

#include "curlshim_buffer.h"
#include "curlshim_egress.h"
#include "curlshim_options.h"
#include "curlshim_process.h"
#include "curlshim_sockets.h"
#include "curlshim_transfer.h"

#endif
