extension TestClock {
    /// A point on a test clock.
    public struct Instant: InstantProtocol {
        /// The distance from the clock's start.
        public let sinceStart: Duration

        /// Creates the point at this distance from the clock's start.
        public init(sinceStart: Duration) {
            self.sinceStart = sinceStart
        }

        /// The point this much later.
        public func advanced(by duration: Duration) -> Instant {
            Instant(sinceStart: sinceStart + duration)
        }

        /// The time from this point to another.
        public func duration(to other: Instant) -> Duration {
            other.sinceStart - sinceStart
        }

        /// Orders points by time.
        public static func < (lhs: Instant, rhs: Instant) -> Bool {
            lhs.sinceStart < rhs.sinceStart
        }
    }
}
