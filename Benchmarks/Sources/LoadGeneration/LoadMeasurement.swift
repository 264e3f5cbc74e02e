import Measurement

/// The measurement that the clients in C also use.
// Unchecked: the state that its functions share is atomic (`measurement.c`, `histogram.c`), and the pointer never changes.
final class LoadMeasurement: @unchecked Sendable {
    private let measurement: OpaquePointer

    init(_ options: LoadOptions) {
        measurement = measurement_create(
            measurement_plan(
                in_flight: UInt64(options.inFlight),
                warm_up_seconds: options.warmUp,
                seconds: options.seconds
            )
        )
    }

    /// Records that a request completed. Returns whether to send another.
    func completed(since began: UInt64, succeeded: Bool) -> Bool {
        measurement_completed(measurement, began, succeeded)
    }

    func print() {
        measurement_print(measurement)
    }
}
