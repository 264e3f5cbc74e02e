import Measurement

/// Runs an operation once for every number, with a fixed number in flight.
public enum CountedLoop {
    /// Measures an operation.
    ///
    /// - Parameter operation: Runs it for a number, and returns whether it succeeded.
    public static func run(
        _ numbers: Range<UInt64>,
        inFlight: Int,
        _ operation: @escaping @Sendable (UInt64) async -> Bool
    ) async -> LoopFigures {
        let tally = LoopTally()
        let (began, usedBefore) = (usage_time(), usage_processor())
        await withDiscardingTaskGroup { group in
            for worker in 0..<UInt64(inFlight) {
                group.addTask {
                    var number = numbers.lowerBound + worker
                    while number < numbers.upperBound {
                        let began = usage_time()
                        let succeeded = await operation(number)
                        tally.add(nanoseconds: usage_time() - began, succeeded: succeeded)
                        number += UInt64(inFlight)
                    }
                }
            }
        }
        return tally.figures(
            count: numbers.count,
            nanoseconds: usage_time() - began,
            processor: usage_processor() - usedBefore
        )
    }
}
