import IdentityBroker

/// A clock that does not move, so that no login times out and every input always gives the same result.
struct StoppedClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    var now: Instant { Instant() }
    var minimumResolution: Duration { .zero }

    /// Waits until the task is cancelled.
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (moments, source) = AsyncStream.makeStream(of: Never.self)
        for await _ in moments {}
        source.finish()
        throw CancellationError()
    }
}

extension BrokerClock {
    static let stopped = BrokerClock(StoppedClock(), now: { Decoding.now })
}
