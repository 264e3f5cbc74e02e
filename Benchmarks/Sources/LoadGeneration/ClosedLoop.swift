import Measurement

/// Keeps as many requests under way as are asked for: whoever completes one begins the next.
public enum ClosedLoop {
    /// Measures a request, and writes what was measured to standard output.
    ///
    /// - Parameter request: Sends the request of a number, which is given once only, and says whether it succeeded.
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
