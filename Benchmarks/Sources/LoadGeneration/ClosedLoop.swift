import Measurement

/// Keeps a fixed number of requests in flight: each completed request starts the next.
public enum ClosedLoop {
    /// Measures a request, and prints the result to standard output.
    ///
    /// - Parameter request: Sends the request with this number, which is never repeated, and returns whether it
    ///   succeeded.
    public static func measure(
        _ options: LoadOptions,
        _ request: @escaping @Sendable (UInt64) async -> Bool
    ) async {
        let measurement = LoadMeasurement(options)
        let inFlight = UInt64(options.inFlight)
        await withDiscardingTaskGroup { group in
            for worker in 0..<inFlight {
                group.addTask {
                    var number = worker
                    var isWanted = true
                    while isWanted {
                        let began = usage_time()
                        let succeeded = await request(number)
                        isWanted = measurement.completed(since: began, succeeded: succeeded)
                        number += inFlight
                    }
                }
            }
        }
        measurement.print()
    }
}
