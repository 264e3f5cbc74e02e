package main

import (
	"encoding/json"
	"math"
	"os"
	"sort"
	"sync"
	"syscall"
	"time"
)

var origin = time.Now()

// now is in seconds since the process began.
func now() float64 {
	return time.Since(origin).Seconds()
}

func processorSeconds() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

type reading struct {
	time, processor float64
}

// measurement first warms up, then counts everything that is completed within a time.
type measurement struct {
	lock       sync.Mutex
	inFlight   int
	warmUp     float64
	seconds    float64
	warmedUp   int
	failures   int
	latencies  []float64
	begin, end *reading
}

func newMeasurement(inFlight int, warmUp, seconds float64) *measurement {
	return &measurement{inFlight: inFlight, warmUp: warmUp, seconds: seconds}
}

// completed notes that a request is completed, and returns whether another one is wanted.
func (m *measurement) completed(began float64, succeeded bool) bool {
	m.lock.Lock()
	defer m.lock.Unlock()
	time := now()
	switch {
	case m.end != nil:
		return false
	case m.begin == nil:
		m.warmedUp++
		if m.warmedUp >= m.inFlight && time >= m.warmUp {
			m.begin = &reading{time, processorSeconds()}
		}
		return true
	case time >= m.begin.time+m.seconds && len(m.latencies) >= m.inFlight:
		m.end = &reading{time, processorSeconds()}
		return false
	}
	m.latencies = append(m.latencies, time-began)
	if !succeeded {
		m.failures++
	}
	return true
}

func (m *measurement) quantile(share float64) float64 {
	return m.latencies[int(math.Ceil(share*float64(len(m.latencies))))-1] * 1e6
}

func (m *measurement) print() {
	sort.Float64s(m.latencies)
	count := float64(len(m.latencies))
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	json.NewEncoder(os.Stdout).Encode(map[string]float64{
		"requests": count,
		"failures": float64(m.failures),
		"rate":     count / (m.end.time - m.begin.time),
		"cpu_us":   (m.end.processor - m.begin.processor) / count * 1e6,
		"p50_us":   m.quantile(0.50),
		"p99_us":   m.quantile(0.99),
		"peak_kib": float64(usage.Maxrss),
	})
}
