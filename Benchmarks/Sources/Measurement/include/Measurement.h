/// What every client measures with, in C or Swift, so that figures do not depend on the language.
#ifndef MEASUREMENT_MODULE_H
#define MEASUREMENT_MODULE_H

#include "exchange.h"
#include "histogram.h"
#include "measurement.h"
#include "usage.h"

#endif
