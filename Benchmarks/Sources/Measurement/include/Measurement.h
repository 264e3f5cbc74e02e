/// What every client measures with, be it C or Swift, so that no figure is one language's idea of it.
#ifndef MEASUREMENT_MODULE_H
#define MEASUREMENT_MODULE_H

#include "exchange.h"
#include "histogram.h"
#include "measurement.h"
#include "usage.h"

#endif
